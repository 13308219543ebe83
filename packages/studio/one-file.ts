import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/**
 * Puts the only chunk and the only style sheet of a build into `report.html`. From `file://` a browser
 * runs no module and no worker, but it runs this: a classic script at the end of the body, under a
 * policy that allows that script by its hash and nothing from anywhere else.
 */
export const oneFile = (): Plugin => ({
  name: "one-file",
  enforce: "post",
  generateBundle(_options, bundle) {
    let script = "";
    let style = "";
    for (const [name, output] of Object.entries(bundle)) {
      if (output.type === "chunk") script += output.code;
      else if (name.endsWith(".css")) style += String(output.source);
      delete bundle[name];
    }
    const inline = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
    this.emitFile({ type: "asset", fileName: "report.html", source: page(inline, style) });
  },
});

const page = (script: string, style: string): string => {
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>stepzero report</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="study"></script>
<script>${script}</script>
</body>
</html>
`;
};
