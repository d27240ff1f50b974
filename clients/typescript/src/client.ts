import type { Answer, Item, Method, Operation, PathOf, Request } from "./operations.ts";
import { Problem } from "./problem.ts";

/** A store of responses with their ETags, so that an unchanged one is answered 304 without a body. */
export interface AnswerStore {
    get(address: string): { etag: string; text: string } | undefined;
    set(address: string, answer: { etag: string; text: string }): unknown;
}

export interface ClientOptions {
    /** The base URL of the portal, for example `https://portal.example`. */
    baseUrl: string;
    /** The host of the site to request, where it differs from the host of `baseUrl`. */
    site?: string;
    /** A visitor token from an earlier `postComment` or `rate`. */
    visitor?: string;
    /** An API token of an editor: for servers only, never in browsers. */
    token?: string;
    /** A store of responses; a `Map` suffices. */
    store?: AnswerStore;
    fetch?: typeof fetch;
}

type Values = Record<string, unknown>;

/** A client of all operations of the API, typed by their paths in the OpenAPI document. */
export class Client {
    readonly baseUrl: string;
    readonly site: string | undefined;
    visitor: string | undefined;
    private readonly token: string | undefined;
    private readonly store: AnswerStore | undefined;
    private readonly send: typeof fetch;

    constructor(options: ClientOptions) {
        this.baseUrl = options.baseUrl.replace(/\/+$/, "");
        this.site = options.site;
        this.visitor = options.visitor;
        this.token = options.token;
        this.store = options.store;
        this.send = options.fetch ?? ((...request) => fetch(...request));
    }

    get<P extends PathOf<"get">>(path: P, request: Request<Operation<P, "get">> = {}) {
        return this.call("get", path, request);
    }

    post<P extends PathOf<"post">>(path: P, request: Request<Operation<P, "post">> = {}) {
        return this.call("post", path, request);
    }

    put<P extends PathOf<"put">>(path: P, request: Request<Operation<P, "put">> = {}) {
        return this.call("put", path, request);
    }

    delete<P extends PathOf<"delete">>(path: P, request: Request<Operation<P, "delete">> = {}) {
        return this.call("delete", path, request);
    }

    /** Iterate over all items of a list, by cursor where it has one; requests each part when it is reached. */
    async *all<P extends PathOf<"get">>(
        path: P,
        request: Request<Operation<P, "get">> = {},
        pageSize = 20,
    ): AsyncGenerator<Item<Operation<P, "get">>, void, undefined> {
        type Part = { count: number; items: Item<Operation<P, "get">>[]; next_cursor?: string | null };
        const query: Values = { ...request.query, limit: pageSize };
        let window: Values = { offset: 0 };
        for (let read = 0; ; ) {
            const part: Part = JSON.parse(
                await this.read("get", path, { ...request, query: { ...query, ...window } }),
            );
            yield* part.items;
            read += part.items.length;
            const { next_cursor: cursor } = part;
            if (cursor === null || part.items.length === 0 || read >= part.count) return;
            window = cursor ? { cursor } : { offset: read };
        }
    }

    private async call<P extends PathOf<M>, M extends Method>(
        method: M,
        path: P,
        request: { path?: unknown; query?: unknown; body?: unknown },
    ): Promise<Answer<Operation<P, M>>> {
        const text = await this.read(method, path, request);
        return JSON.parse(text || "null");
    }

    private async read(
        method: Method,
        path: string,
        request: { path?: unknown; query?: unknown; body?: unknown },
    ): Promise<string> {
        const address = this.address(path, { ...ownValues(request.path) }, { ...ownValues(request.query) });
        const headers = new Headers({ Accept: "application/json" });
        if (this.visitor) headers.set("X-Portal-Visitor", this.visitor);
        if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
        const kept = method === "get" ? this.store?.get(address) : undefined;
        if (kept) headers.set("If-None-Match", kept.etag);
        const init: RequestInit = { method: method.toUpperCase(), headers };
        if (request.body !== undefined) {
            headers.set("Content-Type", "application/json");
            init.body = JSON.stringify(request.body);
        }
        const response = await this.send(address, init);
        if (response.status === 304 && kept) return kept.text;
        if (!response.ok) throw await Problem.of(response);
        const text = await response.text();
        const etag = response.headers.get("ETag");
        if (method === "get" && etag) this.store?.set(address, { etag, text });
        return text;
    }

    private address(path: string, parts: Values, query: Values): string {
        const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
            encodeURIComponent(String(parts[name])),
        );
        const url = new URL(this.baseUrl + filled);
        const asked = { ...query, site: query["site"] ?? this.site };
        for (const [name, value] of Object.entries(asked)) {
            for (const each of Array.isArray(value) ? value : [value]) {
                if (each !== undefined && each !== null) url.searchParams.append(name, String(each));
            }
        }
        return url.href;
    }
}

function ownValues(given: unknown): Values {
    return typeof given === "object" && given !== null ? { ...given } : {};
}
