/** A validation error; `loc` is the path to the invalid value, as in `["query", "category"]`. */
export interface ProblemEntry {
    type?: string;
    loc?: (string | number)[];
    msg?: string;
}

/** Thrown for an error response, with its problem details (RFC 9457). */
export class Problem extends Error {
    override readonly name = "Problem";

    constructor(
        readonly status: number,
        readonly title: string,
        readonly detail: string,
        readonly errors: readonly ProblemEntry[],
        /** Seconds from the header `Retry-After`, or null. */
        readonly retryAfter: number | null,
    ) {
        super([`${status} ${title}`, detail, ...errors.map(described)].filter(Boolean).join(": "));
    }

    /** Build a problem from a response, even one whose body is not problem details. */
    static async of(response: Response): Promise<Problem> {
        const text = await response.text();
        const told = parsed(text);
        const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
        return new Problem(
            response.status,
            typeof told["title"] === "string" ? told["title"] : response.statusText,
            typeof told["detail"] === "string" ? told["detail"] : "",
            Array.isArray(told["errors"]) ? told["errors"] : [],
            Number.isFinite(wait) ? wait : null,
        );
    }
}

function described(entry: ProblemEntry): string {
    return [entry.loc?.join("."), entry.msg].filter(Boolean).join(" ");
}

function parsed(text: string): Record<string, unknown> {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? { ...value } : {};
    } catch (error) {
        if (error instanceof SyntaxError) return {}; // e.g. an HTML page of a proxy
        throw error;
    }
}
