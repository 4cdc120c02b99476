"""Pages in a real browser, and what an accessibility checker says of them.

It takes Debian's `chromium`, and axe-core from the package `axe-playwright-python`, of which only
the script is used: ``pip install --no-deps axe-playwright-python``.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1300,1800",
    "--virtual-time-budget=20000",
)  # fmt: skip

CHECK = """
async function checked() {
  const bright = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const shade = ([r, g, b]) => 0.2126 * bright(r) + 0.7152 * bright(g) + 0.0722 * bright(b);
  const parts = colour => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const filled = element => {  // red, green, blue and how opaque
    const style = getComputedStyle(element);
    const shape = element instanceof SVGElement && !(element instanceof SVGSVGElement);
    if (shape && style.fill === 'none') return [0, 0, 0, 0];
    const [r, g, b, a = 1] = parts(shape ? style.fill : style.backgroundColor);
    return [r, g, b, a * style.opacity * (shape ? style.fillOpacity : 1)];
  };
  const blended = layers => layers.reduceRight(
    (under, [r, g, b, a]) => [r, g, b].map((c, i) => a * c + (1 - a) * under[i]), [255, 255, 255]);
  const faint = [];
  for (const text of document.querySelectorAll('svg text')) {
    text.scrollIntoView({block: 'center'});
    const box = text.getBoundingClientRect();
    const under = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .filter(e => !(e instanceof SVGTextContentElement)).map(filled);
    const style = getComputedStyle(text), size = parseFloat(style.fontSize);
    const two = [shade(parts(style.fill)), shade(blended(under))].sort((a, b) => b - a);
    const ratio = (two[0] + 0.05) / (two[1] + 0.05);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (text.textContent.trim() && ratio < (large ? 3 : 4.5))
      faint.push(`${text.textContent}: ${style.fill} has ${ratio.toFixed(2)}`);
  }
  const found = await axe.run(document);
  return {faint, texts: document.querySelectorAll('svg text').length,
          passed: found.passes.length,
          violations: found.violations.map(v => `${v.id} (${v.impact}): ${v.nodes[0].html}`),
          unsure: found.incomplete.map(v => v.id)};
}
checked().then(found => {
  const result = document.createElement('pre');
  result.id = 'axe-found';
  result.textContent = JSON.stringify(found);
  document.body.append(result);
});
"""


def axe() -> Path | None:
    """Return axe-core's script, or None where it is not installed."""
    found = find_spec("axe_playwright_python")
    places = found.submodule_search_locations if found else None
    return Path(places[0]) / "axe.min.js" if places else None


def checked(page: str, folder: Path) -> dict[str, Any]:
    """Return what is found in a page: `violations` of axe, texts in pictures that are too `faint`
    (WCAG 2: 4.5, or 3 if they are large), which axe cannot tell, and how many rules `passed`.
    """
    script = axe()
    assert script
    assert CHROMIUM
    source = script.read_text("utf-8").replace("</script>", "<\\/script>")
    file = folder / "page.html"
    checks = f"<script>{source}</script><script>{CHECK}</script></body>"
    file.write_text(page.replace("</body>", checks), "utf-8")
    command = [CHROMIUM, *OPTIONS, f"--user-data-dir={folder}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result
