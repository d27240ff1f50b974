const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** HTML that may be printed as it is. */
export class Html {
    readonly text: string;

    constructor(text: string) {
        this.text = text;
    }
}

type Printable = string | number | null | Html | readonly Html[];

/** HTML with every value in it escaped, but for HTML made by this function or by `rich`. */
export function html(parts: TemplateStringsArray, ...values: Printable[]): Html {
    return new Html(parts.reduce((text, part, index) => text + printed(values[index - 1] ?? "") + part));
}

function printed(value: Printable): string {
    if (value === null) return "";
    if (value instanceof Html) return value.text;
    if (typeof value === "object") return value.map((each) => each.text).join("");
    return String(value).replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

/** Text that the API made for display: rich text in its default form. */
export function rich(text: string): Html {
    return new Html(text);
}

/** Data in a script element, which no text in it can end. */
export function script(data: object): Html {
    return new Html(JSON.stringify(data).replaceAll("<", "\\u003c"));
}

/** Fails to compile where a case of a union is forgotten. */
export function never(value: never): never {
    throw new Error(`This is not known here: ${JSON.stringify(value)}`);
}
