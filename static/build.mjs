// Writes static/built/: one script, a second for planners, one for local maps and three for workshops with their styles, the fonts (for screen and for paper), axe for the tests, licences and a manifest.
// Run by `python -m exchange assets`, which installs what package-lock.json names first.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = join(ROOT, "static", "src");
const MODULES = join(ROOT, "node_modules");
const BUILT = join(ROOT, "static", "built");
const FRESH = join(ROOT, "static", `.built-${process.pid}`);
const FONT = "@fontsource-variable/atkinson-hyperlegible-next";
// For the sheet on paper (exchange/handout): the PDF carries pieces of these, so they are TrueType.
const PRINT_FONTS = {
  "@expo-google-fonts/atkinson-hyperlegible-next": {
    "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf": "regular.ttf",
    "700Bold/AtkinsonHyperlegibleNext_700Bold.ttf": "bold.ttf",
  },
  "dejavu-fonts-ttf": { "ttf/DejaVuSans.ttf": "wide-regular.ttf", "ttf/DejaVuSans-Bold.ttf": "wide-bold.ttf" },
};
const ICON_SETS = { maki: "@mapbox/maki/icons", temaki: "@rapideditor/temaki/icons" };

/** The icons a table of the directory names. */
function named(file) {
  return readFileSync(join(ROOT, "directory", file), "utf8").match(/\b(?:te)?maki:[a-z0-9_-]+/g) ?? [];
}

/** The drawings of the icons the categories name: {"maki:doctor": "M5.5,7…"}. */
function icons() {
  return drawings([...named("categories.toml"), "temaki:compass", "maki:star", "maki:home", "maki:information"]);
}

function drawings(names) {
  const found = {};
  const missing = [];
  for (const name of [...new Set(names)].sort()) {
    const [set, file] = name.split(":");
    const path = join(MODULES, ICON_SETS[set], `${file}.svg`);
    if (!existsSync(path)) missing.push(name);
    else found[name] = [...readFileSync(path, "utf8").matchAll(/\sd="([^"]+)"/g)]
      .map(([, d]) => d.replace(/&#x[0-9a-f]+;|\s+/gi, " ")).join(" ");
  }
  if (missing.length) throw new Error(`the tables of the directory name icons that do not exist: ${missing.join(", ")}`);
  return found;
}

const BROWSERS = ["chrome109", "firefox115", "safari16"];
const OLD_PHONES = ["chrome80", "firefox78", "safari14.1"]; // a local map opens on them too
const STYLES = {
  "plein.css": ["leaflet/dist/leaflet.css", "leaflet.markercluster/dist/MarkerCluster.css", "./plein.css"],
  "planning.css": ["./planning.css"],
  "workshop.css": ["./workshop.css"],
  "plan.css": ["leaflet/dist/leaflet.css", "./plan.css"],
};

/** A style of ours, small, with what it stands on and with images inside. */
async function css(name) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: STYLES[name].map((path) => `@import "${path}";`).join("\n"), loader: "css", resolveDir: SOURCES },
    bundle: true, minify: true, write: false, loader: { ".png": "dataurl" }, target: BROWSERS,
  });
  return outputFiles[0].text;
}

const made = {
  name: "plein",
  setup(build) {
    build.onResolve({ filter: /^plein:/ }, ({ path }) => ({ path, namespace: "plein" }));
    build.onLoad({ filter: /.*/, namespace: "plein" }, async ({ path }) =>
      path === "plein:icons"
        ? { contents: JSON.stringify(icons()), loader: "json" }
        : { contents: await css(path.slice("plein:".length)), loader: "text" });
  },
};

/** The second script draws on the map of the first: there is one Leaflet. */
const shared = {
  name: "shared",
  setup(build) {
    build.onResolve({ filter: /^leaflet$/ }, ({ path }) => ({ path, namespace: "shared" }));
    build.onLoad({ filter: /.*/, namespace: "shared" }, () => ({ contents: "module.exports = window.Plein.leaflet;" }));
  },
};

function script(name, more) {
  return esbuild.build({
    entryPoints: [join(SOURCES, name)],
    outfile: join(FRESH, name),
    bundle: true, minify: !process.env.PLEIN_READABLE, format: "iife", legalComments: "none", metafile: true, charset: "utf8",
    target: BROWSERS,
    ...more,
  });
}

function scripts() {
  return Promise.all([
    script("plein.js", { globalName: "Plein", inject: [join(SOURCES, "leaflet-here.js")], footer: { js: "window.Plein=Plein;" }, plugins: [made] }),
    script("planning.js", { plugins: [made, shared] }),
    script("workshop-phone.js", { target: OLD_PHONES }),
    script("workshop-sheet.js", {}),
    script("workshop-screen.js", { plugins: [shared] }),
    script("plan.js", { globalName: "Plan", footer: { js: "window.Plan=Plan;" }, target: OLD_PHONES }),
  ]);
}

function fonts() {
  const from = join(MODULES, FONT, "files");
  mkdirSync(join(FRESH, "fonts"), { recursive: true });
  for (const name of readdirSync(from).filter((file) => file.endsWith(".woff2"))) {
    copyFileSync(join(from, name), join(FRESH, "fonts", name));
  }
  mkdirSync(join(FRESH, "print"));
  for (const [name, files] of Object.entries(PRINT_FONTS)) {
    for (const [file, as] of Object.entries(files)) copyFileSync(join(MODULES, name, file), join(FRESH, "print", as));
  }
}

/** The licence of every package that has a part in what is served. */
function licences(metafile) {
  const packages = new Set([FONT, ...Object.keys(PRINT_FONTS), "@mapbox/maki", "@rapideditor/temaki", "leaflet.markercluster"]);
  for (const path of Object.keys(metafile.inputs)) {
    const within = path.split("node_modules/").at(-1).split("/");
    if (path.includes("node_modules/")) packages.add(within[0].startsWith("@") ? within.slice(0, 2).join("/") : within[0]);
  }
  const texts = [...packages].sort().map((name) => {
    const folder = join(MODULES, name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const found = readdirSync(folder).filter((each) => /^(licen[cs]e|mit-licence|copying)/i.test(each)).sort();
    const text = found.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n") || `Published under ${license}.`;
    return `${name} ${version} (${license})\n\n${text}`;
  });
  writeFileSync(join(FRESH, "LICENSES.txt"), `${texts.join(`\n\n${"=".repeat(72)}\n\n`)}\n`);
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function manifest(inputs) {
  const listed = {};
  for (const path of files(FRESH).sort()) {
    const content = readFileSync(path);
    listed[relative(FRESH, path).replaceAll("\\", "/")] = {
      sha256: createHash("sha256").update(content).digest("hex"),
      bytes: content.length,
      gzip: gzipSync(content, { level: 9 }).length,
    };
  }
  const digests = files(FRESH).map((path) => relative(FRESH, path)).filter((path) => /^[^/\\]+\.(js|css)$/.test(path)).sort().map((name) => listed[name].sha256).join();
  const version = createHash("sha256").update(digests).digest("hex").slice(0, 12);
  writeFileSync(join(FRESH, "manifest.json"), `${JSON.stringify({ version, inputs, files: listed }, null, 2)}\n`);
}

try {
  rmSync(FRESH, { recursive: true, force: true });
  mkdirSync(join(FRESH, "dev"), { recursive: true });
  const [{ metafile }] = await scripts();
  for (const name of ["plan.css", "workshop.css"]) writeFileSync(join(FRESH, name), await css(name));
  fonts();
  writeFileSync(join(FRESH, "needs.json"), JSON.stringify(drawings(named("needs.toml"))));
  copyFileSync(join(MODULES, "axe-core", "axe.min.js"), join(FRESH, "dev", "axe.min.js"));
  licences(metafile);
  manifest(process.argv[2] ?? "");
  rmSync(BUILT, { recursive: true, force: true });
  renameSync(FRESH, BUILT);
} catch (error) {
  rmSync(FRESH, { recursive: true, force: true });
  console.error(error.message);
  process.exitCode = 1;
}
