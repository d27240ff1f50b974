"""People who use a site over HTTP: forms are read from its pages and sent back filled in."""

import re
from urllib.parse import quote, urljoin

import altcha
import requests
from bs4 import BeautifulSoup

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Person:
    """A browser: it keeps cookies, names itself, and sends forms as they are printed."""

    def __init__(self, address):
        self.address = address
        self.session = requests.Session()
        self.session.headers["User-Agent"] = FIREFOX

    def get(self, path, status=200):
        response = self.session.get(urljoin(self.address, path), timeout=60)
        assert response.status_code == status, f"{path}: {response.status_code} {response.text}"
        return response

    def see(self, path):
        """The page at `path`, as a tree of elements."""
        return BeautifulSoup(self.get(path).text, "html.parser")

    def submit(self, path, selector="form[method=post]", status=200, **fields):
        """Fills in the form of a page that `selector` finds, and follows where it leads."""
        form = self.see(path).select_one(selector)
        assert form, f"{path} has no {selector}"
        return self.send(urljoin(path, form.get("action") or path), values(form) | fields, status)

    def send(self, path, fields, status=200):
        address = urljoin(self.address, path)
        response = self.session.post(address, data=fields, headers={"Referer": address}, timeout=60)
        errors = re.findall(r"error-message[^>]*>\s*(.*?)\s*</", response.text)
        assert response.status_code == status, f"{path}: {response.status_code} {response.text}"
        assert not errors, f"{path}: {errors}"
        return response

    def put(self, path, **fields):
        address = urljoin(self.address, path)
        headers = {"Referer": address, "X-CSRFToken": self.session.cookies["csrftoken"]}
        self.session.put(address, data=fields, headers=headers, timeout=60).raise_for_status()

    def sign_in(self, name, password):
        self.submit("/admin/login/", username=name, password=password)
        assert "login" not in self.get("/admin/").url

    def publish(self, parent, kind, **fields):
        """Makes a page of `kind` (`app/model`) below page `parent` in the admin; gives its id."""
        path = f"/admin/pages/add/{kind}/{parent}/"
        fields |= {"action-publish": "action-publish"}
        response = self.submit(path, "form#page-edit-form", **fields)
        found = re.search(
            r"/admin/pages/(\d+)/edit/", response.text[response.text.index("messages") :]
        )
        assert found, response.text
        return int(found[1])

    def snippet(self, kind, name):
        """The id of the snippet of `kind` (`app/model`) that has a name."""
        page = self.see(f"/admin/snippets/{kind}/?q={quote(name)}")
        links = page.select(f"a[href*='/{kind}/edit/']")
        found = next(link for link in links if link.text.strip() == name)
        return re.search(r"/edit/(\d+)/", found["href"])[1]

    def solved(self, path):
        """The verification code of the challenge at `path`."""
        challenge = altcha.Challenge.from_dict(self.get(path).json())
        solution = altcha.solve_challenge(challenge)
        return altcha.Payload(challenge=challenge, solution=solution).to_base64()


def values(form) -> dict:
    """What a browser sends of a form that nobody touched, buttons left out."""
    found = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.has_attr("disabled"):
            continue
        name, kind = field["name"], field.get("type", field.name)
        if field.name == "select":
            option = field.select_one("option[selected]") or field.select_one("option")
            found[name] = option.get("value", option.text) if option else ""
        elif field.name == "textarea":
            found[name] = field.text.removeprefix("\n")
        elif kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                found[name] = field.get("value", "on")
        elif kind not in {"submit", "button", "file"}:
            found[name] = field.get("value", "")
    return found
