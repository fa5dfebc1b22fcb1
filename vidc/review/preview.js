"use strict";
// One page: a playhead over pictures, words and bars that are there already. Times are in ms from the video's start.
const $ = (id) => document.getElementById(id);
const STEP = 1000, LATE = 0.15, WIDE = 38;
let at = 0, total = 0, began = null, things = [], bars = [], sounds = [];

function found(selector) {
  return [...document.querySelectorAll(selector)].map((element) => ({
    element, from: Number(element.dataset.from), to: Number(element.dataset.to), on: null,
  }));
}

function take() {
  // What the page holds now: called again when a change has replaced it.
  things = [
    ...found(".screen [data-from]").map((one) => ({ ...one, name: "on" })),
    ...found(".script [lang] > [data-from]").map((one) => ({ ...one, name: "now" })),
    ...found(".scene[data-from]").map((one) => ({ ...one, name: "here" })),
  ];
  bars = found(".bars").map((one) => ({
    ...one, line: one.element.querySelector(".now"), reach: Number(one.element.dataset.reach),
    scene: one.element.closest(".scene"),
  }));
  sounds = found("audio").map((one) => ({ ...one, length: Number(one.element.dataset.length) }));
  if (!$("at")) return;
  total = Number($("at").max);
  $("play").onclick = toggle;
  $("at").oninput = () => seek(Number($("at").value));
  if (began) sign();
}

function show() {
  if (!$("at")) return;
  const seen = Math.min(at, total - 1);
  let word = null, entered = null;
  for (const one of things) {
    const on = one.from <= seen && seen < one.to;
    if (on && one.name === "now") word = one.element;
    if (on === one.on) continue;
    one.element.classList.toggle(one.name, on);
    if (on && one.name === "here" && one.on === false) entered = one.element;
    one.on = on;
  }
  for (const one of bars) {
    one.line.hidden = !one.scene.classList.contains("here");
    one.line.style.left = `${(100 * (seen - one.from)) / one.reach}%`;
  }
  const text = `${(at / 1000).toFixed(1)} s`;
  $("at").value = String(at);
  $("at").setAttribute("aria-valuetext", `${text} of ${(total / 1000).toFixed(1)} s`);
  $("clock").textContent = text;
  caption(word);
  if (entered && began) entered.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function caption(word) {
  // The word that is said and some around it, as a film's captions have them.
  const line = $("caption");
  if (line.word === word) return;
  line.word = word;
  const own = word ? [...word.closest("[lang]").querySelectorAll("[data-from]")] : [];
  const whole = own.reduce((sum, one) => sum + one.textContent.length + 1, 0);
  const wide = whole / Math.ceil(whole / WIDE) + 4;
  let shown = [], width = 0, met = false;
  for (const one of own) {
    width += one.textContent.length + 1;
    if (width > wide && shown.length) {
      if (met) break;
      shown = [];
      width = one.textContent.length + 1;
    }
    shown.push(one);
    met ||= one === word;
  }
  line.dir = "auto";
  line.lang = word ? word.closest("[lang]").lang : "";
  line.replaceChildren(...shown.flatMap((one) => {
    const copy = document.createElement(one.closest("del") ? "del" : "span");
    copy.textContent = one.textContent;
    copy.classList.toggle("now", one === word);
    return one.dataset.joined === undefined ? [" ", copy] : [copy];
  }));
}

function play(now) {
  if (!began) return;
  at = began.at + Math.max(now - began.now, 0);
  if (at >= total) { at = total; halt(); }
  show();
  hear();
  if (began) requestAnimationFrame(play);
}

function hear() {
  for (const { element, from, to, length } of sounds) {
    const on = began !== null && from <= at && at < to;
    if (!on) { if (!element.paused) element.pause(); continue; }
    if (!element.duration) continue;
    element.playbackRate = Math.min(Math.max((element.duration * 1000) / length, 0.5), 2);
    const due = ((at - from) / 1000) * element.playbackRate;
    if (due >= element.duration) continue;
    if (element.paused || Math.abs(element.currentTime - due) > LATE) element.currentTime = due;
    if (element.paused) element.play().catch(() => {});
  }
}

function sign() {
  const name = began ? "Pause" : "Play";
  $("play").setAttribute("aria-label", name);
  $("play").classList.toggle("playing", began !== null);
}

function start() {
  if (at >= total) at = 0;
  began = { at, now: performance.now() };
  sign();
  requestAnimationFrame(play);
}

function halt() {
  began = null;
  sign();
  hear();
}

function toggle() { if (began) halt(); else start(); }

function seek(to) {
  at = Math.min(Math.max(to, 0), total);
  if (began) began = { at, now: performance.now() };
  show();
  hear();
}

document.addEventListener("click", (event) => {
  const still = event.target.closest("[data-at]"), word = event.target.closest(".script [data-from]");
  if (still) seek(Number(still.dataset.at));
  else if (word && !String(getSelection())) seek(Number(word.dataset.from));
});

document.addEventListener("keydown", (event) => {
  if (!$("at") || event.ctrlKey || event.metaKey || event.altKey) return;
  const is = (selector) => event.target.closest?.(selector);
  const steps = { ArrowLeft: -STEP, ArrowRight: STEP };
  if (event.key === " " && !is("button, summary, a")) toggle();
  else if (event.key in steps && !is(".scroll")) seek(at + steps[event.key]);
  else return;
  event.preventDefault();
});

document.addEventListener("visibilitychange", () => { if (document.hidden && began) halt(); });

function inSight() {
  // The scene that is read, and where on the screen it stands.
  const tops = [...document.querySelectorAll(".scene")].map((one) => one.getBoundingClientRect());
  const index = tops.findIndex((one) => one.bottom > innerHeight / 2);
  return { index, top: tops[index]?.top };
}

async function renew() {
  // The new page takes the old one's place; playhead, place on the screen, focus and open notes stay.
  const answer = await fetch("/", { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focus = document.activeElement?.id, seen = inSight();
  const open = [...document.querySelectorAll("details")].map((one) => one.open);
  for (const element of document.querySelectorAll("audio")) element.pause();
  for (const name of ["header", "main"]) document.querySelector(name).replaceWith(fresh.querySelector(name));
  document.title = fresh.title;
  document.documentElement.dataset.version = fresh.documentElement.dataset.version;
  document.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? false; });
  take();
  at = Math.min(at, total);
  if (began && !$("at")) began = null;
  show();
  const scene = document.querySelectorAll(".scene")[seen.index];
  if (scene && scrollY > 0) scrollBy({ top: scene.getBoundingClientRect().top - seen.top, behavior: "instant" });
  if (focus) $(focus)?.focus({ preventScroll: true });
}

function follow() {
  const changes = new EventSource("/changes");
  let renewing = Promise.resolve();
  changes.onmessage = (event) => {
    renewing = renewing.then(async () => {
      if (event.data !== document.documentElement.dataset.version) await renew();
    }).catch(() => {});
  };
  changes.onopen = () => { $("news").hidden = true; };
  changes.onerror = () => {
    $("news").textContent = "The preview has stopped; this page shows its last state.";
    $("news").hidden = false;
  };
}

document.documentElement.classList.add("plays");
take();
show();
if (document.documentElement.dataset.version) follow();
