import type { Schemas } from "./operations.ts";

/**
 * Solve a proof-of-work challenge and return the payload for the field `altcha`; takes about a second.
 *
 * For clients without ALTCHA's widget. Needs Web Crypto, which browsers provide in secure contexts only
 * (https and localhost). Throws for algorithms other than PBKDF2.
 */
export async function solve(challenge: Schemas["PortalChallenge"]): Promise<string> {
    const { algorithm, cost, keyLength, keyPrefix, nonce, salt } = challenge.parameters;
    const hash = /^PBKDF2\/(SHA-\d+)$/.exec(algorithm)?.[1];
    if (!hash) throw new Error(`Challenges of ${algorithm} cannot be solved here.`);
    const way = { name: "PBKDF2", hash, salt: bytes(salt), iterations: cost };
    const start = bytes(nonce);
    const password = new Uint8Array(start.length + 4);
    password.set(start);
    for (let counter = 0; ; counter++) {
        new DataView(password.buffer).setUint32(start.length, counter);
        const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
        const derivedKey = hexadecimal(await crypto.subtle.deriveBits(way, key, keyLength * 8));
        if (derivedKey.startsWith(keyPrefix)) {
            return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
        }
    }
}

function bytes(text: string) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexadecimal(buffer: ArrayBuffer): string {
    return Array.from(new Uint8Array(buffer), (each) => each.toString(16).padStart(2, "0")).join("");
}
