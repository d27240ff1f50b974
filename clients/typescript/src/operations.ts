import type { components, paths } from "./schema.ts";

/** The schemas of the API by name, for example `Schemas["PortalComment"]`. */
export type Schemas = components["schemas"];

/** A page with all fields, discriminated by `page.type`. */
export type Page = Schemas["PortalPageDetail"];

/** A card of a sidebar, discriminated by `card.type`. */
export type Card = Schemas["PortalCard"];

/** A block of an article's body, discriminated by `block.type`. */
export type Block = Schemas["PortalCivicArticlesArticleBodyBlock"];

export type Method = "get" | "post" | "put" | "delete";

/** The paths of the OpenAPI document that have an operation for a method. */
export type PathOf<M extends Method> = {
    [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];

export type Operation<P extends keyof paths, M extends Method> = paths[P][M];

/** The body of a successful response (200 or 201); `null` for one without content. */
export type Answer<O> = O extends { responses: infer R }
    ? R extends { 200: { content: { "application/json": infer B } } }
        ? B
        : R extends { 201: { content: { "application/json": infer B } } }
          ? B
          : null
    : never;

type Part<O, Name extends "path" | "query"> = O extends { parameters: infer P }
    ? Name extends keyof P
        ? NonNullable<P[Name]>
        : Record<never, never>
    : Record<never, never>;

type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : undefined;

/** Path parameters, query parameters and body of a request, as far as the operation has them. */
export type Request<O> = {
    path?: Part<O, "path">;
    query?: Part<O, "query">;
    body?: Body<O>;
};

/** One item of a paged list. */
export type Item<O> = Answer<O> extends { items: (infer I)[] } ? I : never;
