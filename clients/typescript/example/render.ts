import type { Answer, Block, Card, Operation, Page, Schemas } from "../src/index.ts";
import { type Html, html, never, rich, script } from "./html.ts";

type Found = Extract<Answer<Operation<"/api/v3/resolve/", "get">>, { kind: "page" }>;
type Navigation = Answer<Operation<"/api/v3/navigation/", "get">>;
type Site = Answer<Operation<"/api/v3/site/", "get">>;

/** A whole page of the site. */
export function renderPage(found: Found, site: Site, navigation: Navigation): Html {
    const { page, seo } = found;
    return html`<!doctype html>
<html lang="${seo.locale}">
<head>
<meta charset="utf-8">
<title>${seo.title} – ${site.agency.name}</title>
<meta name="description" content="${seo.description}">
<link rel="canonical" href="${seo.canonical}">
${seo.alternates.map((each) => html`<link rel="alternate" hreflang="${each.hreflang}" href="${each.url}">`)}
${seo.image ? html`<meta property="og:image" content="${seo.image.url}">` : ""}
${seo.json_ld.map((each) => html`<script type="application/ld+json">${script(each)}</script>`)}
</head>
<body>
<header><a href="${site.url}">${site.agency.name}</a><nav>${menu(navigation.items)}</nav>
<nav>${found.translations.map((each) => html`<a hreflang="${each.locale}" href="${each.url}">${each.name}</a>`)}</nav></header>
<nav>${found.breadcrumbs.map((crumb) => html`<a href="${crumb.url}">${crumb.title}</a>`)}</nav>
<main><h1>${page.title}</h1>${content(page)}</main>
<aside>${page.sidebar.map(card)}</aside>
<footer>${site.agency.address} ${site.agency.telephone}</footer>
</body>
</html>`;
}

function menu(items: Navigation["items"]): Html {
    return html`<ul>${items.map(
        (item) => html`<li><a href="${item.url}">${item.title}</a>${item.children.length ? menu(item.children) : ""}</li>`,
    )}</ul>`;
}

function content(page: Page): Html {
    switch (page.type) {
        case "civic_articles.ArticlePage":
            return html`<p>${page.summary}</p>${page.cover ? picture(page.cover) : ""}${page.body.map(block)}
<p>${page.tags?.join(", ") ?? ""}</p>${links(page.documents)}${links(page.related)}
<p>${page.feedback.average ?? "–"} (${page.feedback.ratings})</p>`;
        case "civic_directives.DirectivePage":
            return html`<p>${page.subject}</p><dl><dt>${page.document_type.name}</dt><dd>${page.document_number}</dd>
<dt>${page.issuing_body.name}</dt><dd>${page.issued_on}</dd><dt>${page.legal_status}</dt></dl>${rich(page.body)}
${page.attachments.map(file)}${relations(page.relations.acts_on)}${relations(page.relations.acted_on_by)}${links(page.cited_by)}`;
        case "civic_articles.ArticleIndexPage":
        case "civic_directives.DirectiveIndexPage":
            return html`<p>${page.introduction}</p>`;
        case "home.HomePage":
            return html`<p>${page.introduction}</p>${links(page.top_stories)}`;
        case "civic_widgets.AdministrativeMapPage":
            return html`<p>${page.introduction}</p><ul>${page.areas.map((area) => html`<li>${area.label}: ${area.text}</li>`)}</ul>
<ul>${page.places.map((place) => html`<li>${place.name}, ${place.address} (${place.latitude}, ${place.longitude})</li>`)}</ul>`;
        case "civic_widgets.WebsiteLinksPage":
            return html`<p>${page.introduction}</p>${page.groups.map(group)}`;
        case "civic_widgets.StatisticsPage":
            return html`<p>${page.introduction}</p><p data-figures="${page.figures_url}"></p>`;
        case "civic_widgets.WidgetIndexPage":
        case "wagtailcore.Page":
            return html``;
        default:
            return never(page);
    }
}

function block(each: Block): Html {
    switch (each.type) {
        case "heading":
            return each.value.level === "h2" ? html`<h2>${each.value.text}</h2>` : html`<h3>${each.value.text}</h3>`;
        case "paragraph":
            return rich(each.value);
        case "image":
            return figure(each.value);
        case "gallery":
            return html`<div class="gallery">${each.value.map(figure)}</div>`;
        case "quote":
            return html`<blockquote>${each.value.text}<footer>${each.value.attribution}</footer></blockquote>`;
        case "download":
            return html`${each.value.file ? file(each.value.file) : ""}<p>${each.value.description}</p>`;
        case "table":
            return html`<table><caption>${each.value.caption}</caption>${each.value.rows.map(
                (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
            )}</table>`;
        case "embed":
            return html`<a href="${each.value.url}">${each.value.caption}</a>`;
        case "directive":
            return html`${each.value.directive ? links([each.value.directive]) : ""}<p>${each.value.note}</p>`;
        case "callout":
            return html`<div class="${each.value.kind}"><strong>${each.value.title}</strong>${rich(each.value.text)}</div>`;
        default:
            return never(each);
    }
}

function card(each: Card): Html {
    const title = html`<h2><a href="${each.widget.url}">${each.title}</a></h2>`;
    switch (each.type) {
        case "civic_widgets.AdministrativeMapPage":
            return html`<section>${title}</section>`;
        case "civic_widgets.WebsiteLinksPage":
            return html`<section>${title}${each.data.groups.map(group)}</section>`;
        case "civic_widgets.StatisticsPage":
            return html`<section>${title}<p data-figures="${each.figures_url}"></p></section>`;
        default:
            return never(each);
    }
}

function figure(value: Schemas["PortalFigure"]): Html {
    return html`<figure>${value.image ? picture(value.image) : ""}<figcaption>${value.caption}</figcaption></figure>`;
}

function picture(image: Schemas["PortalImage"]): Html {
    return html`<img src="${image.renditions.at(-1)?.url ?? ""}" srcset="${image.srcset}" sizes="100vw" alt="${image.alt}">`;
}

function file(each: Schemas["PortalFile"]): Html {
    return html`<p><a href="${each.url}" download>${each.title} (${each.extension}, ${each.size})</a></p>`;
}

function links(pages: readonly Pick<Schemas["PortalPage"], "title" | "url">[]): Html {
    return html`<ul>${pages.map((page) => html`<li><a href="${page.url}">${page.title}</a></li>`)}</ul>`;
}

function relations(groups: readonly Schemas["PortalRelations"][]): Html {
    return html`${groups.map((each) => html`<h2>${each.label}</h2>${links(each.directives)}`)}`;
}

function group(each: Schemas["PortalLinkGroup"]): Html {
    return html`<h3>${each.heading}</h3><ul>${each.links.map(
        (link) => html`<li><a href="${link.url}">${link.title}</a> ${link.description}</li>`,
    )}</ul>`;
}
