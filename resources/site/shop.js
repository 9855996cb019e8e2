// Search, the basket and "open now". Everything that is read works without this; everything shown is set as text.
"use strict";
(() => {
  const { items, same, unseen, hours, phone } = window.SHOP;
  const { language, locale, words, moneys } = window.WORDS;
  const root = document.body.dataset.root, home = document.body.dataset.home;
  const byId = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    if (className === "name") made.dir = "auto";
    return made;
  };
  const fill = (sentence, fields) => sentence.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);

  // What people mean when they search: the same reduction as the program's own (desktop/data/search.py).
  const MARKED = /^[\p{Script=Arabic}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}]$/u;
  const hidden = new Set(unseen);
  const digit = (char) => {
    let value = 0;
    while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(char.codePointAt(0) - value - 1))) value += 1;
    return String(value);
  };
  const fold = (text) => {
    let folded = "", drop = false;
    const plain = text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD");
    for (const raw of plain) {
      if (hidden.has(raw.codePointAt(0))) continue;
      const char = same[raw] ?? raw;
      if (/^\p{Mn}$/u.test(char)) {
        if (drop || MARKED.test(char)) continue;
      } else drop = MARKED.test(char);
      folded += /^\p{Nd}$/u.test(char) ? digit(char) : char;
    }
    return folded.split(/\s+/u).filter(Boolean).join(" ").normalize("NFC");
  };
  window.fold = fold;

  // Money, as the page itself writes it.
  const amount = (minor, currency) => {
    const money = moneys[currency];
    const places = minor % 10 ** money.places === 0 ? 0 : money.places;
    const figure = (minor / 10 ** money.places).toLocaleString(locale, {
      minimumFractionDigits: places, maximumFractionDigits: places,
    });
    return fill(money.pattern, { figure });
  };

  // Search
  const search = byId("search");
  const card = (item) => {
    const place = make("li", item.available ? "card" : "card gone"), link = make("a");
    link.href = home + item.page;
    if (item.small) {
      const picture = make("img");
      picture.src = root + item.small;
      picture.alt = "";
      picture.loading = "lazy";
      link.append(picture);
    } else link.append(make("span", "blank"));
    link.append(make("span", "name", item.names[language]));
    const price = make("span", "price");
    if (item.prices[language]) price.append(make("b", "", item.prices[language]));
    if (!item.available) price.append(" ", make("em", "", words.out_of_stock));
    link.append(price);
    place.append(link);
    return place;
  };
  const look = () => {
    const wanted = fold(search.value).split(" ").filter(Boolean);
    byId("found").hidden = !wanted.length;
    byId("chapters").hidden = wanted.length > 0;
    const found = wanted.length ? items.filter((item) => wanted.every((word) => item.key.includes(word))) : [];
    byId("found-cards").replaceChildren(...found.slice(0, 200).map(card));
    byId("found-count").textContent = fill(words.found, { n: found.length.toLocaleString(locale) });
  };
  if (search) {
    search.closest("search").hidden = false;
    search.addEventListener("input", look);
    if (search.value) look();
  }

  // Open now: the clock of the shop's own zone decides, wherever the customer is.
  const status = byId("open-now");
  const shopTime = () => {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: hours.zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(new Date());
    const part = (type) => Number(parts.find((each) => each.type === type).value);
    return { day: Date.UTC(part("year"), part("month") - 1, part("day")) / 864e5, minute: part("hour") * 60 + part("minute") };
  };
  const spansOn = (day) => hours.days[new Date(day * 864e5).toISOString().slice(0, 10)] ?? hours.week[(new Date(day * 864e5).getUTCDay() + 6) % 7];
  const runs = (today) => { // when it is open from yesterday on, in minutes after today's midnight; joined where they touch
    const found = [];
    for (let day = -1; day < 15; day += 1) {
      for (const [opens, closes] of spansOn(today + day)) {
        const start = day * 1440 + opens, end = day * 1440 + closes, last = found.at(-1);
        if (last && start <= last[1]) last[1] = Math.max(last[1], end);
        else found.push([start, end]);
      }
    }
    return found;
  };
  const moment = (today, minutes) => {
    const at = new Date(today * 864e5 + minutes * 6e4);
    const time = at.toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
    if (minutes < 1440) return time;
    return `${at.toLocaleDateString(locale, { weekday: "long", timeZone: "UTC" })} ${time}`;
  };
  const tell = () => {
    const { day, minute } = shopTime();
    const run = runs(day).find(([, closes]) => closes > minute);
    const open = run !== undefined && run[0] <= minute;
    status.hidden = false;
    status.className = open ? "" : "shut";
    if (open && run[1] - minute > 7 * 1440) status.textContent = words.always_open;
    else if (open) status.textContent = fill(words.open, { when: moment(day, run[1]) });
    else status.textContent = run ? fill(words.closed_until, { when: moment(day, run[0]) }) : words.closed;
  };
  if (status && hours) {
    tell();
    setInterval(tell, 30_000);
  }

  // The basket: what is in it is kept in this browser only, until it is sent as a message.
  const shelf = `basket ${phone}`;
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(shelf) ?? "[]");
      const known = (line) => items.some((item) => item.id === line.id && (line.way === null || item.ways[line.way]));
      return Array.isArray(kept) ? kept.filter((line) => line && known(line) && line.count > 0 && line.count < 1000) : [];
    } catch { return []; }
  };
  let lines = read();
  const keep = () => {
    try { localStorage.setItem(shelf, JSON.stringify(lines)); } catch { /* a browser that keeps nothing */ }
    show();
  };
  const itemOf = (line) => items.find((item) => item.id === line.id);
  const wayOf = (line) => (line.way === null ? null : itemOf(line).ways[line.way]);
  const nameOf = (line) => {
    const way = wayOf(line), name = itemOf(line).names[language];
    return way ? `${name} – ${way.name}` : name;
  };
  const codeOf = (line) => wayOf(line)?.code || itemOf(line).code;
  const priceOf = (line) => (wayOf(line) ?? itemOf(line)).price;
  const message = () => {
    const parts = [words.hello];
    for (const line of lines) {
      const price = priceOf(line), code = codeOf(line);
      let text = fill(words.line, { n: line.count.toLocaleString(locale), name: nameOf(line) });
      if (code) text += ` (${code})`;
      if (price !== null) text += ` – ${amount(price * line.count, itemOf(line).currency)}`;
      parts.push(text);
    }
    const total = sum();
    if (total !== null) parts.push(fill(words.total, { total: amount(total, itemOf(lines[0]).currency) }));
    const note = byId("basket-note").value.trim();
    if (note) parts.push(fill(words.note_line, { note }));
    return parts.join("\n");
  };
  const sum = () => {
    const currencies = new Set(lines.map((line) => itemOf(line).currency));
    if (!lines.length || currencies.size > 1 || lines.some((line) => priceOf(line) === null)) return null;
    return lines.reduce((all, line) => all + priceOf(line) * line.count, 0);
  };
  const change = (line, step) => {
    line.count += step;
    lines = lines.filter((each) => each.count > 0);
    keep();
  };
  const row = (line) => {
    const place = make("li"), count = make("span", "count");
    place.append(make("span", "", nameOf(line)));
    place.append(make("b", "", priceOf(line) === null ? "" : amount(priceOf(line) * line.count, itemOf(line).currency)));
    for (const [step, sign, label] of [[-1, "−", words.fewer], [1, "+", words.another]]) {
      const button = make("button", "", sign);
      button.type = "button";
      button.setAttribute("aria-label", `${label}: ${nameOf(line)}`);
      button.addEventListener("click", () => change(line, step));
      count.append(button);
      if (step < 0) count.append(make("span", "", line.count.toLocaleString(locale)));
    }
    place.append(count);
    return place;
  };
  const show = () => {
    const count = lines.reduce((all, line) => all + line.count, 0), total = sum(), order = byId("basket-order");
    byId("basket-count").textContent = count ? count.toLocaleString(locale) : "";
    byId("basket-empty").hidden = lines.length > 0;
    for (const id of ["basket-note", "basket-total", "basket-order"]) byId(id).hidden = !lines.length;
    document.querySelector("label[for=basket-note]").hidden = !lines.length;
    byId("basket-lines").replaceChildren(...lines.map(row));
    byId("basket-total").textContent = total === null ? "" : fill(words.total, { total: amount(total, itemOf(lines[0]).currency) });
    order.href = `https://wa.me/${phone}?text=${encodeURIComponent(message())}`;
    byId("basket-long").hidden = order.href.length <= 2000;
  };
  const basket = byId("basket"), opener = byId("basket-button");
  const turn = (open) => {
    basket.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    (open ? basket : opener).focus();
  };
  if (phone) {
    opener.hidden = false;
    opener.addEventListener("click", () => turn(basket.hidden));
    byId("basket-close").addEventListener("click", () => turn(false));
    byId("basket-note").addEventListener("input", show);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !basket.hidden) turn(false); });
    const add = byId("add");
    if (add) {
      const chosen = byId("way");
      add.hidden = false;
      add.addEventListener("click", () => {
        const id = Number(document.querySelector("[data-item]").dataset.item), way = chosen ? Number(chosen.value) : null;
        const line = lines.find((each) => each.id === id && each.way === way);
        if (line) line.count += 1;
        else lines.push({ id, way, count: 1 });
        keep();
        turn(true);
      });
    }
    show();
  }
})();
