/* Replace the server's SVG of a map page with Leaflet; the list below has the same data. Texts are inserted as text nodes,
   never as HTML (XSS). Without tiles the background is plain. */
(() => {
    "use strict";

    const page = document.querySelector("[data-geojson]");
    if (!page || !window.L) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const words = page.dataset;

    const element = (name, text, className) => {
        const made = document.createElement(name);
        made.textContent = text;
        if (className) made.className = className;
        return made;
    };

    /* Return the content of a pop-up: lines of text, and a link if the data has one. */
    const popUp = ({ name, kind_name: kind, address, hours, telephone, text, url }) => {
        const box = document.createElement("div");
        const title = element("p", "", "map-live__title");
        if (url && /^https?:/.test(url)) {
            const link = element("a", name);
            link.href = url;
            title.append(link);
        } else {
            title.textContent = name;
        }
        box.append(title);
        for (const line of [kind, address, hours, telephone, text]) if (line) box.append(element("p", line));
        return box;
    };

    /* Return the text without diacritics, so that «ubnd phuong» matches «UBND phường». */
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

    const draw = (geojson) => {
        const frame = element("div", "", "map-live");
        page.querySelector("[data-map-picture]").replaceWith(frame);
        const map = L.map(frame, {
            attributionControl: Boolean(words.tiles),
            zoomAnimation: !still,
            fadeAnimation: !still,
            markerZoomAnimation: !still,
            scrollWheelZoom: false,
            zoomControl: false,
        });
        L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
        if (words.tiles) {
            map.attributionControl.setPrefix(false);
            const box = element("span", words.attribution || "");
            L.tileLayer(words.tiles, { attribution: box.innerHTML }).addTo(map);
        }
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", words.label);
        const style = getComputedStyle(frame);
        const colour = (name) => style.getPropertyValue(name).trim() || "#8c1c13";
        const [west, south, east, north] = geojson.bbox;
        map.fitBounds([[south, west], [north, east]], { padding: [20, 20], maxZoom: 17, animate: false });
        const markers = new Map();
        for (const feature of geojson.features) {
            const told = feature.properties;
            if (told.type === "area") {
                L.geoJSON(feature, {
                    style: { className: "map-live__area", color: told.colour || "#8a6d1f", weight: 1.5, fillOpacity: 0.2 },
                }).bindPopup(() => popUp(told), { minWidth: 220, maxWidth: 280 }).addTo(map);
                continue;
            }
            const [longitude, latitude] = feature.geometry.coordinates;
            const icon = L.divIcon({
                className: "map-live__place",
                html: element("span", String(told.number)),
                iconSize: [30, 30],
            });
            const marker = L.marker([latitude, longitude], { icon, title: told.name });
            marker.on("add", () => marker.getElement().setAttribute("aria-label", `${told.number}. ${told.name}`));
            marker.bindPopup(() => popUp(told), { minWidth: 220, maxWidth: 280 }).addTo(map);
            markers.set(String(told.number), marker);
        }
        return { map, markers };
    };

    /* Add a button to each place in the list that shows it on the map, and a field that filters the places. */
    const connect = ({ map, markers }) => {
        const items = [...page.querySelectorAll("li[data-place]")];
        for (const item of items) {
            const marker = markers.get(item.dataset.place);
            const heading = item.querySelector("h3");
            if (!marker || !heading) continue;
            const button = element("button", words.show, "places__show");
            button.type = "button";
            button.setAttribute("aria-label", `${words.show}: ${heading.textContent}`);
            button.addEventListener("click", () => {
                map.getContainer().scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
                map.setView(marker.getLatLng(), Math.max(map.getZoom(), 16), { animate: false });
                marker.openPopup();
            });
            item.querySelector("div").append(button);
        }
        const search = page.querySelector("[data-map-search]");
        if (!search) return;
        search.hidden = false;
        const field = search.querySelector("input");
        const count = search.querySelector("[role=status]");
        field.addEventListener("input", () => {
            const asked = fold(field.value.trim()).split(/\s+/);
            let found = 0;
            for (const item of items) {
                const text = fold(item.querySelector("div").textContent);
                item.hidden = !asked.every((word) => text.includes(word));
                found += !item.hidden;
                const marker = markers.get(item.dataset.place);
                if (!marker) continue;
                if (item.hidden) marker.remove();
                else marker.addTo(map);
            }
            count.textContent = field.value.trim() ? words.found.replace("0", found) : "";
        });
        search.addEventListener("submit", (event) => {
            event.preventDefault();
            items.find((item) => !item.hidden)?.querySelector(".places__show")?.click();
        });
    };

    const start = async () => {
        try {
            const response = await fetch(words.geojson, { credentials: "omit" });
            if (!response.ok) return;
            const geojson = await response.json();
            if (geojson.bbox) connect(draw(geojson));
        } catch {
            // Keep the SVG and the list.
        }
    };
    start();
})();
