import { Client } from "./client.ts";
import type { Operation, Request, Schemas } from "./operations.ts";

type Query<P extends Parameters<Client["get"]>[0]> = Request<Operation<P, "get">>["query"];

/** Named methods for the operations that a front end needs, on top of `Client`. */
export class Portal extends Client {
    /** Resolve a public path to a page with its metadata, or to a redirect. */
    resolve(path: string) {
        return this.get("/api/v3/resolve/", { query: { path } });
    }

    page(id: number) {
        return this.get("/api/v3/pages/{page_id}/", { path: { page_id: id } });
    }

    /** Return the draft of a page by the parameters in the preview's URL. */
    preview(contentType: string, token: string) {
        return this.get("/api/v3/preview/", { query: { content_type: contentType, token } });
    }

    articles(query: Query<"/api/v3/articles/"> = {}) {
        return this.get("/api/v3/articles/", { query });
    }

    directives(query: Query<"/api/v3/directives/"> = {}) {
        return this.get("/api/v3/directives/", { query });
    }

    facets(query: Query<"/api/v3/directives/facets/"> = {}) {
        return this.get("/api/v3/directives/facets/", { query });
    }

    taxonomies(locale = "") {
        return this.get("/api/v3/taxonomies/", { query: { locale } });
    }

    navigation(locale = "", depth = 2) {
        return this.get("/api/v3/navigation/", { query: { locale, depth } });
    }

    siteInfo(locale = "") {
        return this.get("/api/v3/site/", { query: { locale } });
    }

    sidebar(path: string) {
        return this.get("/api/v3/sidebar/", { query: { path } });
    }

    search(q: string, query: Omit<NonNullable<Query<"/api/v3/search/">>, "q"> = {}) {
        return this.get("/api/v3/search/", { query: { ...query, q } });
    }

    comments(page: number, query: Query<"/api/v3/pages/{page_id}/comments/"> = {}) {
        return this.get("/api/v3/pages/{page_id}/comments/", {
            path: { page_id: page },
            query,
        });
    }

    /** Post a comment, optionally with stars, and keep the visitor token of the response. */
    async postComment(page: number, written: Schemas["PortalNewComment"]) {
        const posted = await this.post("/api/v3/pages/{page_id}/comments/", {
            path: { page_id: page },
            body: written,
        });
        this.visitor = posted.visitor;
        return posted;
    }

    rating(page: number) {
        return this.get("/api/v3/pages/{page_id}/rating/", {
            path: { page_id: page },
        });
    }

    /** Rate a page with one to five stars; the first rating needs a solved challenge. */
    async rate(page: number, given: Schemas["PortalStars"]) {
        const rating = await this.put("/api/v3/pages/{page_id}/rating/", {
            path: { page_id: page },
            body: given,
        });
        this.visitor = rating.visitor;
        return rating;
    }

    /** Withdraw a rating. */
    unrate(page: number) {
        return this.delete("/api/v3/pages/{page_id}/rating/", {
            path: { page_id: page },
        });
    }

    /** Return a proof-of-work challenge for a comment or first rating; see `solve`. */
    challenge() {
        return this.get("/api/v3/challenge/");
    }

    /** Count a page view; call it from the reader's browser. */
    countVisit(page: number) {
        return this.post("/api/v3/visits/", { body: { page } });
    }
}
