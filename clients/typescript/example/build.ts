/**
 * Writes the whole site as HTML files: `node dist/example/build.js https://portal.example out`.
 *
 * Begins with the sitemap and asks for each page once.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { Portal } from "../src/index.ts";
import { renderPage } from "./render.ts";

const [baseUrl, folder] = process.argv.slice(2);
if (!baseUrl || !folder) throw new Error("Name the portal's address and a folder to write to.");

const portal = new Portal({ baseUrl, store: new Map() });
const frames = new Map<string, ReturnType<typeof frame>>();

async function frame(locale: string) {
    return { site: await portal.siteInfo(locale), navigation: await portal.navigation(locale) };
}

for await (const entry of portal.all("/api/v3/sitemap/")) {
    const found = await portal.resolve(entry.path);
    if (found.kind !== "page") continue;
    const around = frames.get(entry.locale) ?? frame(entry.locale);
    frames.set(entry.locale, around);
    const { site, navigation } = await around;
    const place = join(folder, entry.path);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "index.html"), renderPage(found, site, navigation).text);
    console.log(found.page.type, entry.path);
}
