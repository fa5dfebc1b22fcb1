"""pages: what a person sees who opens one of the server's links: a film, a draft, or what this server is."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self' data:; frame-ancestors 'none'"

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
video { width: 100%; max-height: 75vh; background: #000; border-radius: 8px; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid #8886; border-radius: 8px; font-size: 14px; }
p, li { color: color-mix(in srgb, currentColor 80%, transparent); }
"""


def page(title: str, body: str) -> HTMLResponse:
    """A page that loads nothing from anywhere else and runs no script."""
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
    return HTMLResponse(html, headers={"content-security-policy": POLICY, "x-content-type-options": "nosniff"})


def film_page(file: str, name: str, seconds: float, rendered: bool) -> HTMLResponse:
    shown = escape(name)
    poster = file.partition(".")[0] + ".jpg"
    player = f'<video controls preload="metadata" poster="/files/{poster}" src="/files/{file}"></video>'
    how = (
        "rendered on this machine, as a draft"
        if rendered
        else "a stand-in of the expected length: nothing was rendered"
    )
    return page(name, f"<h1>{shown}</h1>{player}<p>{seconds:.1f} s; {how}</p>")


def draft_page(draft: str, title: str, spec: str) -> HTMLResponse:
    link = f'<p><a href="/drafts/{draft}.vidc.yaml">Save the spec</a>, then <code>vidc lint</code> it.</p>'
    return page(title, f"<h1>{escape(title)}</h1>{link}<pre>{escape(spec)}</pre>")


def front_page(address: str) -> HTMLResponse:
    lines = (
        "<h1>vidc serve</h1><p>This server speaks Colossyan's API on this machine, and costs nothing.</p>"
        f"<ul><li>address: <code>{escape(address)}/api/v1</code></li>"
        '<li><a href="/_vidc/schemas/colossyan-local.openapi.json">its description</a></li>'
        '<li><a href="/_vidc/stats">what was asked of it</a></li></ul>'
    )
    return page("vidc serve", lines)
