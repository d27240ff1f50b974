/* In the form of a map: pick a place's position by a click on a map of the boundaries, or by keyboard with its cross-hair.
   Also applies to rows that are added later. */
(() => {
    "use strict";

    const boundaries = () => {
        try {
            return JSON.parse(document.querySelector("[data-boundaries]").value);
        } catch {
            return null;
        }
    };

    const button = (text, type) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = `button button-small ${type}`;
        made.textContent = text;
        return made;
    };

    const openMap = (box, latitude, longitude) => {
        const frame = document.createElement("div");
        frame.className = "place-map";
        box.append(frame);
        const map = L.map(frame, { attributionControl: false });
        const { tiles } = latitude.dataset;
        if (tiles) L.tileLayer(tiles).addTo(map);
        const drawn = boundaries();
        const outline = drawn ? L.geoJSON(drawn, { style: { weight: 1.5, fillOpacity: 0.08 }, interactive: false }) : null;
        if (outline) outline.addTo(map);
        const others = L.layerGroup().addTo(map);
        for (const other of document.querySelectorAll("[data-latitude]")) {
            const beside = partner(other);
            if (other === latitude || !beside || !other.value || !beside.value) continue;
            L.circleMarker([Number(other.value), Number(beside.value)], { radius: 4, color: "#777", interactive: false }).addTo(others);
        }
        const mark = L.circleMarker([0, 0], { radius: 8, color: "#8c1c13" });
        const there = () => (latitude.value && longitude.value ? [Number(latitude.value), Number(longitude.value)] : null);
        const show = () => { const at = there(); if (at) mark.setLatLng(at).addTo(map); };
        if (outline && outline.getBounds().isValid()) map.fitBounds(outline.getBounds());
        else map.setView(there() || [16, 107.5], there() ? 14 : 5);
        if (there()) map.setView(there(), Math.max(map.getZoom(), 14));
        show();
        const pick = ({ lat, lng }) => {
            latitude.value = lat.toFixed(6);
            longitude.value = L.Util.wrapNum(lng, [-180, 180], true).toFixed(6);
            for (const field of [latitude, longitude]) field.dispatchEvent(new Event("change", { bubbles: true }));
            show();
        };
        map.on("click", (event) => pick(event.latlng));
        const centre = button(latitude.dataset.centre, "button-secondary");
        centre.addEventListener("click", () => pick(map.getCenter()));
        box.append(centre);
        for (const field of [latitude, longitude]) field.addEventListener("input", show);
        return frame;
    };

    const partner = (latitude) => document.getElementById(latitude.id.replace(/latitude$/, "longitude"));

    const enhance = () => {
        for (const latitude of document.querySelectorAll("[data-latitude]:not([data-ready])")) {
            const longitude = partner(latitude);
            if (!longitude || latitude.id.includes("__prefix__")) continue;
            latitude.dataset.ready = "";
            const box = document.createElement("div");
            const open = button(latitude.dataset.pick, "");
            open.setAttribute("aria-expanded", "false");
            open.addEventListener("click", () => {
                if (box.children.length > 1) {
                    while (box.children.length > 1) box.lastChild.remove();
                    open.setAttribute("aria-expanded", "false");
                } else {
                    openMap(box, latitude, longitude);
                    open.setAttribute("aria-expanded", "true");
                }
            });
            box.append(open);
            latitude.after(box);
        }
    };

    const start = () => {
        enhance();
        new MutationObserver(enhance).observe(document.body, { childList: true, subtree: true });
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
})();
