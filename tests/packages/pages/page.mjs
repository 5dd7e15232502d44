// page.mjs CHROMIUM PAGE VIEW SHOTS - whether the page of all registries does what it is for: PAGE is its file, VIEW what `regen view` says
// of it; pictures go to SHOTS. Prints TAP.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { finish, launch, test } from "./browser.mjs";

const [executable, file, viewFile, shots] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(file)).href;
const view = JSON.parse(fs.readFileSync(viewFile, "utf8"));
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const entries = view.registries.flatMap((registry) => registry.entries.map((entry) => ({ ...entry, registry })));
const titles = [...new Set(view.targets.map((target) => target.title))];
const DESKTOP = { viewport: { width: 1360, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const browser = await launch(executable);

/** Calls use with a page of its own, opened at an address behind the page's; what it complains of is an error. */
async function visit(options, after, use) {
  const context = await browser.newContext({ ...DESKTOP, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const said = [];
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => said.push(message.text()));
  page.on("request", (request) => request.url().startsWith("data:") || request.url().startsWith(address) || said.push(`asks for ${request.url()}`));
  page.setDefaultTimeout(20000);
  await page.goto(address + after);
  const wrong = await use(page);
  await context.close();
  return wrong === undefined && said.length ? said : wrong;
}

const same = (got, want) => (JSON.stringify(got) === JSON.stringify(want) ? undefined : { want, got });
const firstOf = async (...checks) => checks.find((wrong) => wrong !== undefined);

/** The ids of the rows that can be seen. */
const shown = (page) => page.evaluate(() => [...document.querySelectorAll("tr[id]")].filter((row) => row.offsetParent).map((row) => row.id));
const focused = (page) => page.evaluate(() => document.activeElement?.closest("tr")?.id ?? document.activeElement?.id);
const opened = (page) => page.evaluate(() => [...document.querySelectorAll("tr.open")].map((row) => row.id));
/** The identifiers of a row that can be seen. */
const usesOf = (page, id) => page.evaluate((row) => [...document.getElementById(row).querySelectorAll("code")].filter((e) => e.offsetParent).map((e) => e.textContent), id);

const row413 = "http_status-413";
const entry413 = entries.find((entry) => entry.fragment === row413);
const usesIn = (title) => entry413.targets.filter((target) => target.title === title).map((target) => target.use);

await test(`${entries.length} entries are there, with their texts and ${view.targets.length} languages' identifiers`, () =>
  visit({ javaScriptEnabled: false }, "", async (page) => {
    const rows = await page.evaluate(() =>
      Object.fromEntries([...document.querySelectorAll("tr[id]")].map((row) => [row.id, {
        value: row.querySelector("th").textContent,
        text: row.querySelector("td").textContent,
        links: [...row.querySelectorAll("td:nth-child(3) a")].map((a) => a.getAttribute("href")),
        uses: [...row.querySelectorAll("td:last-child li")].map((li) => [li.children[0].textContent, li.children[1].textContent]),
        others: [...row.querySelectorAll(".also code")].map((code) => code.textContent),
        seen: row.offsetParent !== null && [...row.querySelectorAll("li")].every((li) => li.offsetParent),
      }])));
    if (Object.keys(rows).length !== entries.length) return `${Object.keys(rows).length} rows`;
    for (const e of entries) {
      const row = rows[e.fragment];
      if (!row) return `no row ${e.fragment}`;
      if (!row.seen) return `${e.fragment} is not seen without scripts`;
      if (row.value !== e.value) return `${e.fragment} is ${row.value}`;
      for (const text of [e.text, e.description, ...e.aliases.map((alias) => alias.text)])
        if (text && !row.text.includes(text)) return `${e.fragment} lacks ${text}`;
      const wrong = await firstOf(
        same(row.links, [...e.references, ...e.former_references].map((r) => r.url).filter(Boolean)),
        same(row.uses, e.targets.map((t) => [t.title, t.use])),
        same(row.others, e.aliases.flatMap((alias) => alias.targets.map((t) => t.use))),
      );
      if (wrong) return wrong;
      if (e.name && e.targets.length !== view.targets.length) return `${e.fragment} has identifiers of ${e.targets.length} languages`;
    }
  }));

await test("without scripts, no tools are shown that would do nothing", () =>
  visit({ javaScriptEnabled: false }, "", async (page) => {
    for (const id of ["Search", "Language", "Theme", "Filter"]) if (await page.locator(`#${id}`).isVisible()) return `${id} is shown`;
    if (await page.locator(".copy").count()) return "there are buttons";
  }));

await test("it has less than a megabyte, and opens in less than a second", () =>
  visit({}, "", async (page) => {
    const times = [];
    for (let i = 0; i < 8; i++) {
      await page.reload();
      times.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].duration));
    }
    const size = fs.statSync(file).size;
    console.log(`# ${size} bytes, ${Math.round(Math.min(...times))} ms`);
    return size < 1000000 && Math.min(...times) < 1000 ? undefined : { size, times };
  }));

await test("the policy lets it load nothing", () =>
  visit({}, "", async (page) => {
    const blocked = await page.evaluate(() => new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
      setTimeout(() => resolve("nothing"), 5000);
      fetch("http://127.0.0.1:9/").catch(() => undefined);
    }));
    return blocked === "connect-src" ? undefined : [blocked];
  }).then((wrong) => (Array.isArray(wrong) && wrong.every((said) => /Content Security Policy|Failed to fetch/.test(said)) ? undefined : wrong)));

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]]) await test(`${device}: a search shows the entries that have all its words`, () =>
  visit(options, "", async (page) => {
    const all = await shown(page);
    if (all.length !== entries.length) return `${all.length} entries to begin with`;
    await page.fill("#Search", "Payload TOO large");
    const wrong = await firstOf(same(await shown(page), [row413]), same(await page.textContent("#Count"), `1 of ${entries.length}`));
    if (wrong) return wrong;
    await page.fill("#Search", "no such entry anywhere");
    if ((await shown(page)).length || !(await page.locator("#None").isVisible())) return "something is found";
    await page.fill("#Search", usesIn(titles[1])[0]);
    if (!(await shown(page)).includes(row413)) return "an identifier of another language than the one that is shown is not found";
    await page.fill("#Search", "418");
    const address = await page.evaluate(() => location.href);
    if (!address.endsWith("?q=418")) return address;
    await page.reload();
    if (!(await shown(page)).includes("http_status-418") || (await shown(page)).includes(row413)) return "the address does not keep the search";
    await page.fill("#Search", "");
    return same(await shown(page), all);
  }));

await test("what was found is marked", () =>
  visit({}, "?q=teapot", async (page) => {
    const marked = await page.evaluate(() => [...CSS.highlights.get("found")].map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset).toLowerCase()));
    return marked.length > 0 && marked.every((text) => text === "teapot") ? undefined : marked;
  }));

await test("the filter shows the entries of one status, or of several", () =>
  visit({}, "", async (page) => {
    const having = (...statuses) => entries.filter((e) => statuses.includes(e.status) || (e.deprecated && statuses.includes("deprecated"))).map((e) => e.fragment);
    await page.click("#Filter [value=reserved]");
    const one = same(await shown(page), having("reserved"));
    await page.click("#Filter [value=deprecated]");
    const two = same(await shown(page), having("reserved", "deprecated"));
    await page.fill("#Search", "http_status");
    await page.fill("#Search", "");
    const still = same(await shown(page), having("reserved", "deprecated"));
    await page.click("#Filter [value=reserved]");
    await page.click("#Filter [value=deprecated]");
    const statuses = await page.evaluate(() => [...document.querySelectorAll("#Filter button")].map((b) => b.value).sort());
    return firstOf(one, two, still, same((await shown(page)).length, entries.length),
      same(statuses, [...new Set(entries.flatMap((e) => [e.status, ...(e.deprecated ? ["deprecated"] : [])]))].sort()));
  }));

await test("every entry and registry has an address, with scripts or without", () =>
  visit({ javaScriptEnabled: false }, "", async (page) => {
    const wrong = [];
    for (const id of [...view.registries.map((r) => r.id), ...entries.map((e) => e.fragment)]) {
      const found = await page.evaluate((fragment) => {
        location.hash = fragment;
        return document.querySelector(":target")?.id;
      }, id);
      if (found !== id) wrong.push(id);
    }
    return wrong;
  }));

await test("an address opens its entry", () =>
  visit({}, `#${row413}`, async (page) => {
    /** The entry opens, has the focus and stays where the header does not hide it. */
    const reached = async (id) => {
      await page.waitForFunction((id) => {
        const { top } = document.getElementById(id).getBoundingClientRect();
        return document.activeElement.closest("tr")?.id === id && top >= document.querySelector("header").offsetHeight && top < innerHeight / 2;
      }, id);
      return same(await opened(page), [id]);
    };
    const first = await reached(row413);
    await page.evaluate(() => (location.hash = "websocket_close-1008"));
    const second = await reached("websocket_close-1008");
    await page.fill("#Search", "websocket");
    await page.evaluate(() => (location.hash = "http_status-404"));
    const third = await reached("http_status-404");
    await page.click("nav li:last-child a");
    await page.waitForFunction((id) => Math.abs(document.getElementById(id).getBoundingClientRect().top - document.querySelector("header").offsetHeight) < 30, view.registries.at(-1).id);
    return firstOf(first, second, third, same((await shown(page)).length, entries.length));
  }));

await test("an entry opens and closes where it stands, and the address follows", () =>
  visit({}, "", async (page) => {
    await page.click(`#${row413} .more`);
    const at = await page.evaluate(() => scrollY);
    const one = await firstOf(same(await opened(page), [row413]), same(await page.evaluate(() => location.hash), `#${row413}`));
    const uses = await usesOf(page, row413);
    const want = [...entry413.aliases.flatMap((a) => a.targets.map((t) => t.use)), ...entry413.targets.map((t) => t.use)];
    await page.click(`#${row413} th a`);
    return firstOf(one, same(uses, want), same(await opened(page), []), same(await page.evaluate(() => location.hash), ""), same(await page.evaluate(() => scrollY), at));
  }));

await test("a language is chosen, and kept", () =>
  visit({}, "", async (page) => {
    const options = await page.evaluate(() => [...document.querySelectorAll("#Language option")].map((o) => o.label));
    const first = await usesOf(page, row413);
    const chosen = [];
    for (const title of titles) {
      await page.selectOption("#Language", title);
      chosen.push(same(await usesOf(page, row413), usesIn(title)));
    }
    await page.reload();
    const kept = same(await usesOf(page, row413), usesIn(titles.at(-1)));
    await page.selectOption("#Language", { label: "All languages" });
    return firstOf(same(options, [...titles, "All languages"]), same(first, usesIn(titles[0])), ...chosen, kept,
      same(await usesOf(page, row413), entry413.targets.map((t) => t.use)));
  }));

await test("an identifier is copied", () =>
  visit({}, `#${row413}`, async (page) => {
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    const buttons = page.locator(`#${row413} .copy`);
    const want = await page.evaluate((id) => [...document.getElementById(id).querySelectorAll(".copy")].map((b) => b.parentElement.querySelector("code").textContent), row413);
    const names = await page.evaluate((id) => [...document.getElementById(id).querySelectorAll(".copy")].map((b) => b.ariaLabel), row413);
    const got = [];
    for (let i = 0; i < (await buttons.count()); i++) {
      await buttons.nth(i).click();
      got.push(await clipboard());
    }
    const said = await page.textContent("#Said");
    await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no"))));
    await buttons.nth(1).click();
    await page.waitForFunction((text) => navigator.clipboard.readText().then((t) => t === text), want[1]);
    return firstOf(same(want.length, 3 * view.targets.length), same(got, want), same(names, want.map((text) => `Copy ${text}`)),
      same(said, `Copied ${want.at(-1)}`));
  }));

await test("it can be used with keys", () =>
  visit({}, "", async (page) => {
    const steps = [];
    const press = async (key, want) => {
      await page.keyboard.press(key);
      steps.push(same([key, await focused(page)], [key, want]));
    };
    const order = entries.map((e) => e.fragment);
    await press("/", "Search");
    await press("ArrowDown", order[0]);
    await press("ArrowDown", order[1]);
    await press("ArrowUp", order[0]);
    await press("ArrowUp", "Search");
    await page.keyboard.type("404");
    steps.push(same(await page.inputValue("#Search"), "404"));
    await press("Enter", "http_status-404");
    steps.push(same(await opened(page), ["http_status-404"]));
    await page.keyboard.press("c");
    await page.waitForFunction(() => document.getElementById("Said").textContent !== "");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    steps.push(same(entries.find((e) => e.fragment === "http_status-404").targets.some((t) => t.use === copied), true));
    await press("Escape", "http_status-404");
    steps.push(same(await opened(page), []));
    await press("Enter", "http_status-404");
    steps.push(same(await opened(page), ["http_status-404"]));
    await press("Escape", "http_status-404");
    await press("Escape", "Search");
    await press("Escape", "Search");
    steps.push(same(await page.inputValue("#Search"), ""));
    await page.keyboard.type("c/c");
    steps.push(same(await page.inputValue("#Search"), "c/c"));
    await press("Escape", "Search");
    await page.keyboard.press("Escape");
    steps.push(same(await page.evaluate(() => document.activeElement === document.body), true));
    return firstOf(...steps);
  }));

await test("the theme is the system's, or the one that is chosen", () =>
  visit({ colorScheme: "dark" }, "", async (page) => {
    const dark = () => page.evaluate(() => {
      const [r] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g);
      return [Number(r) < 80, getComputedStyle(document.documentElement).colorScheme];
    });
    const steps = [same(await dark(), [true, "light dark"])];
    await page.click("#Theme");
    steps.push(same(await dark(), [false, "light"]));
    await page.reload();
    steps.push(same(await dark(), [false, "light"]));
    await page.click("#Theme");
    steps.push(same(await dark(), [true, "dark"]));
    await page.emulateMedia({ colorScheme: "light" });
    steps.push(same(await dark(), [true, "dark"]));
    await page.click("#Theme");
    steps.push(same(await dark(), [false, "light dark"]));
    return firstOf(...steps);
  }));

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE], ["narrow", { viewport: { width: 320, height: 640 } }]]) {
  await test(`${device}: nothing is wider than the screen`, () =>
    visit(options, `#${row413}`, async (page) => {
      await page.selectOption("#Language", { label: "All languages" });
      return same(await page.evaluate(() => [document.scrollingElement.scrollWidth, [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 80)).slice(0, 3)]),
        [options.viewport.width, []]);
    }));
}

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  for (const colorScheme of ["light", "dark"]) {
    await test(`${device}, ${colorScheme}: axe finds nothing`, () =>
      visit({ ...options, colorScheme, bypassCSP: true }, "", async (page) => {
        await page.evaluate(axe);
        const wrong = [];
        const look = async (state) => {
          await page.screenshot({ path: path.join(shots, `${device}-${colorScheme}-${state}.png`) });
          if (state === "all" && (device === "phone") !== (colorScheme === "dark")) return; // it takes long, and each is looked at once
          const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
          wrong.push(...violations.map((v) => `${state}: ${v.id}: ${v.help}: ${v.nodes.length} ${v.nodes[0].html}`));
        };
        await look("all");
        // What follows is the same in kind: a part of the entries is enough.
        await page.fill("#Search", "large");
        await page.click(`#${row413} .more`);
        await page.click("#Filter [value=assigned]");
        await page.locator(`#${row413} .copy >> visible=true`).first().click();
        await look("open");
        await page.fill("#Search", "nothing of that kind");
        await look("none");
        return wrong;
      }));
  }
}

await browser.close();
finish();
