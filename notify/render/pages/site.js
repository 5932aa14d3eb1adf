// What pages can do beside being read: search, filters, the text of a day, two versions compared.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const show = (element, visible = true) => element && (element.hidden = !visible);
  const filled = (template, values) => template.replace(/\{(\w)\}/g, (all, name) => values[name] ?? all);
  const day = (iso) => {
    const [y, m, d] = iso.split("-");
    return document.documentElement.lang === "ja" ? `${+y}年${+m}月${+d}日` : iso;
  };
  const made = (name, text, parent) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };

  // How far the sources were read; state.js follows this file.
  let state = {};
  window.regtrailState = (value) => {
    state = value;
    if ($("#checked")) $("#checked").textContent = value.checked;
  };

  // Search: the index is loaded when somebody types.
  let index = null;
  const find = $("#find");
  const search = () => {
    const list = $("#found");
    list.replaceChildren();
    const words = folded(find.value).split(/\s+/).filter(Boolean);
    if (!index || !words.length) return;
    const rank = ([, title, more]) => {
      const text = folded(title);
      if (!words.every((word) => text.includes(word) || folded(more).includes(word))) return -1;
      return text.startsWith(words[0]) ? 0 : text.includes(words[0]) ? 1 : 2;
    };
    const found = index.map((entry) => [rank(entry), entry]).filter(([order]) => order >= 0);
    found.sort((a, b) => a[0] - b[0]);
    for (const [, [path, title]] of found.slice(0, 30)) {
      const link = made("a", title, made("li", "", list));
      link.href = find.dataset.root + path;
    }
    if (!found.length) made("li", find.dataset.none, list);
  };
  window.regtrailIndex = (entries) => { index = entries; search(); };
  if (find) {
    show(find.parentElement);
    find.addEventListener("input", () => {
      if (index === null) {
        index = false;
        const script = made("script", "");
        script.src = find.dataset.index;
        document.head.append(script);
      }
      search();
    });
  }

  // Filters of tables.
  for (const bar of all("[data-filter]")) {
    const rows = all("tbody > tr", document.getElementById(bar.dataset.filter)).filter((row) => row.parentElement.parentElement.id === bar.dataset.filter);
    const texts = rows.map((row) => folded(row.textContent));
    const words = $("input[type=search]", bar), group = $("select", bar), hits = $("input[type=checkbox]", bar);
    const count = $("[data-count]", bar);
    const apply = () => {
      const wanted = folded(words.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        const fits = wanted.every((word) => texts[i].includes(word)) && (!group || !group.value || row.dataset.g === group.value) &&
                     (!hits || !hits.checked || row.dataset.hit === "1");
        show(row, fits);
        shown += fits;
      });
      count.textContent = filled(count.dataset.count, {n: shown, m: rows.length});
    };
    bar.addEventListener("input", apply);
    show(bar);
    apply();
  }

  // The text that was law on a day.
  const ask = $("#ask"), rows = all("#versions > tbody > tr");
  const lawful = (row) => row.dataset.law || row.dataset.from;
  const answer = (date) => {
    const row = rows.find((each) => lawful(each) <= date);
    const oldest = rows[rows.length - 1];
    const say = (name, version, ecfr) => filled(ask.dataset[name], {d: day(date), v: version && day(version), e: ecfr && day(ecfr)});
    let text;
    if (!row) {
      text = say(oldest.dataset.base ? "before" : "new", lawful(oldest));
    } else if (row.dataset.gone) {
      text = say("gone", lawful(row));
    } else {
      text = say(row.dataset.law ? "law" : "code", lawful(row));
      if (row.dataset.law && row.dataset.from > date) text += say("behind", "", row.dataset.from);
    }
    if (row && row === rows[0]) {
      if (all("[data-ahead]").some((each) => each !== ask && each.dataset.ahead <= date)) text += say("ahead");
      if ($("#not-shown")) text += say("shown");
      if (state.ecfr && date > state.ecfr) text += say("late", "", state.ecfr);
    }
    if (row && $("#force")) text += say("force");
    rows.forEach((each) => each.classList.toggle("then", each === row));
    $("#answer").textContent = text;
  };
  if (ask && rows.length) {
    show(ask);
    $("#day").addEventListener("input", (event) => event.target.value && answer(event.target.value));
  }

  // Two versions beside each other.
  const compare = $("#compare");
  if (!compare) return;
  const data = JSON.parse($("#texts").textContent);
  const lines = (version) => {
    const map = new Map();
    for (let i = 0; i < version.lines.length; i += 2) {
      let place = data.places[version.lines[i]];
      while (map.has(place)) place += " ";
      map.set(place, data.texts[version.lines[i + 1]]);
    }
    return map;
  };
  const script = (before, after) => {
    const a = before.split(/(\s+)/), b = after.split(/(\s+)/), n = a.length, m = b.length;
    if (n * m > 4e6) return [["-", before], ["+", after]];
    const longest = Array.from({length: n + 1}, () => new Uint16Array(m + 1));
    for (let i = n - 1; i >= 0; i--) for (let j = m - 1; j >= 0; j--)
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    const runs = [];
    const put = (op, text) => runs.length && runs[runs.length - 1][0] === op ? runs[runs.length - 1][1] += text : runs.push([op, text]);
    let i = 0, j = 0;
    while (i < n || j < m) {
      if (i < n && j < m && a[i] === b[j]) { put("=", a[i]); i++; j++; }
      else if (i < n && (j >= m || longest[i + 1][j] >= longest[i][j + 1])) put("-", a[i++]);
      else put("+", b[j++]);
    }
    return runs;
  };
  const cell = (row, runs, left) => {
    const td = made("td", "", row);
    td.className = runs.length > 1 || runs[0][0] === "=" ? "" : "whole";
    td.lang = "en";
    for (const [op, text] of runs) if (left !== (op === "=" ? null : op)) made(op === "-" ? "del" : op === "+" ? "ins" : "span", text, td);
  };
  const draw = () => {
    const version = (id) => data.versions[$(id).selectedIndex];
    const before = lines(version("#before")), after = lines(version("#after")), body = $("#out > tbody");
    const places = [...after.keys()];
    let at = -1;
    for (const place of before.keys()) after.has(place) ? at = places.indexOf(place) : places.splice(++at, 0, place);
    let differ = 0;
    body.replaceChildren();
    for (const place of places) {
      const a = before.get(place), b = after.get(place);
      if (a !== b) differ++;
      if (a === b && !$("#all").checked) continue;
      const row = made("tr", "", body), head = made("th", place.trim(), row);
      if (a !== b) made("div", a === undefined ? compare.dataset.added : b === undefined ? compare.dataset.removed : compare.dataset.changed, head).className = "s m";
      const runs = a === b ? [["=", a]] : a === undefined ? [["+", b]] : b === undefined ? [["-", a]] : script(a, b);
      if ($("#side").checked) { cell(row, runs, "+"); cell(row, runs, "-"); } else cell(row, runs);
    }
    $("#difference").textContent = differ ? filled(compare.dataset.count, {n: differ, m: places.length - differ}) : compare.dataset.same;
  };
  show(compare);
  $("#before").selectedIndex = 1;
  compare.addEventListener("input", draw);
  draw();
})();
