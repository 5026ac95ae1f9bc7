// The tray: shows what the files will become, sends them coin by coin, tells each one's verdict.

import { ofFolder, Rhythm } from "./photo-sending.js";

const AT_ONCE = 2;
const NAMES_AT_ONCE = 500; // as many as the server groups in one go
const WORTH_PREVIEWING = 60; // files; more would only fill the memory of a phone

export class Tray {
  constructor(form) {
    this.form = form;
    this.coin = form.elements.coin?.value ?? "";
    this.groups = [];
    this.link = "";
    this.busy = false;
    this.rhythm = new Rhythm();
    this.part("pause")?.addEventListener("click", () => this.pause());
    this.part("cancel")?.addEventListener("click", () => this.cancel());
    for (const input of form.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => {
        this.add(input.webkitdirectory ? ofFolder([...input.files]) : [...input.files], "");
        input.value = "";
      });
    }
    form.elements.consecutive?.addEventListener("change", () => this.plan());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    form.closest("dialog")?.addEventListener("close", (event) => {
      if (this.busy) event.target.show(); // closing the window over it does not stop the upload
    });
    addEventListener("beforeunload", (event) => {
      if (this.busy) event.preventDefault();
    });
  }

  part(name) {
    return this.form.querySelector(`[data-tray-${name}]`);
  }

  words(name, values = {}) {
    return this.form.dataset[name].replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  }

  async add(files, link) {
    if (link) this.form.elements.link.value = link;
    if (!files.length && !link) return;
    const before = this.busy ? [] : this.waiting().map((item) => item.file);
    this.files = [...before, ...files];
    if (this.files.length) await this.plan();
    this.form.classList.add("tray-filled");
    if (this.coin) {
      this.form.classList.add("tray-quick");
      this.send();
    }
  }

  waiting() {
    return this.groups.flat().filter((item) => item.state === "waiting");
  }

  // Which files are one coin is the server's to say: the form without scripts asks the same.
  async plan() {
    if (!this.files?.length) return;
    this.groups = [];
    for (const files of this.coin ? [this.files] : parts(this.files)) {
      const groups = (await this.groupsOf(files)) ?? files.map((file, index) => [[index, ""]]);
      this.groups.push(...groups.map((group) => group.map(([index, role]) => ({ file: files[index], role, state: "waiting" }))));
    }
    this.draw();
  }

  async groupsOf(files) {
    if (this.coin) return null;
    const body = new FormData();
    for (const file of files) body.append("name", file.name);
    if (this.form.elements.consecutive?.checked) body.append("consecutive", "1");
    const response = await fetch(this.form.dataset.plan, { method: "POST", body, headers: token(this.form) });
    return response.ok ? (await response.json()).groups : null;
  }

  draw() {
    const list = this.part("list");
    const few = this.files.length <= WORTH_PREVIEWING;
    list.replaceChildren(...this.groups.map((group) => this.drawGroup(group, few)));
    list.hidden = false;
    const count = this.coin ? this.files.length : this.groups.length;
    const name = this.coin ? "sayAdd" : "say";
    this.part("send").textContent = this.words(count === 1 ? `${name}One` : `${name}Many`, { n: count });
    this.part("send").hidden = false;
    this.part("next").hidden = true;
    this.say("");
  }

  drawGroup(group, withPicture) {
    const row = this.part("group").content.cloneNode(true).firstElementChild;
    for (const item of group) {
      item.element = this.part("photo").content.cloneNode(true).firstElementChild;
      item.element.querySelector(".tray-name").textContent = item.file.name;
      item.element.dataset.state = "waiting";
      if (withPicture && /^image\/(jpeg|png|webp|bmp)$/.test(item.file.type)) show(item);
      row.querySelector(".tray-photos").append(item.element);
    }
    return row;
  }

  async send() {
    if (this.busy) return;
    const link = this.form.elements.link.value.trim();
    const queue = this.groups.filter((group) => group.some((item) => item.state === "waiting"));
    if (!queue.length && !link) return this.part("drop")?.querySelector("input").click();
    this.begin(queue.flat());
    if (link) await this.sendLink(link);
    // the photos of one coin one after the other: each takes the next face
    const lanes = Array.from({ length: this.coin ? 1 : AT_ONCE }, async () => {
      for (let group = queue.shift(); group; group = queue.shift()) {
        await this.rhythm.turn();
        if (!this.rhythm.stopped) await this.sendGroup(group);
      }
    });
    await Promise.all(lanes);
    this.end();
  }

  pause() {
    this.rhythm.toggle();
    this.part("pause").textContent = this.words(this.rhythm.paused ? "sayResume" : "sayPause");
    if (this.rhythm.paused) this.say(this.words("sayPaused", this.sum));
  }

  cancel() {
    this.rhythm.stop();
    this.requests.forEach((request) => request.abort());
  }

  begin(items) {
    this.busy = true;
    this.requests = new Set();
    this.rhythm.begin();
    for (const name of ["pause", "cancel"]) if (this.part(name)) this.part(name).hidden = Boolean(this.coin);
    if (this.part("pause")) this.part("pause").textContent = this.words("sayPause");
    this.sum = { bytes: items.reduce((sum, item) => sum + item.file.size, 0), sent: 0, all: items.length, done: 0, stored: 0, refused: 0, broken: 0 };
    this.form.classList.add("tray-started");
    this.form.setAttribute("aria-busy", "true");
    this.part("send").hidden = true;
    this.part("progress").hidden = false;
    this.part("warnings").replaceChildren();
  }

  async sendLink(link) {
    const answer = await this.post((body) => body.append("link", link), () => {});
    if (!answer) return this.broken([]);
    this.form.elements.link.value = "";
    this.tally(answer, []);
    for (const refusal of answer.refusals) this.warn(`${refusal.name}: ${refusal.sentence}`, "", "error");
  }

  async sendGroup(group) {
    const items = group.filter((item) => item.state === "waiting");
    const size = items.reduce((sum, item) => sum + item.file.size, 0) || 1;
    for (const item of items) item.element.dataset.state = "sending";
    let before = 0;
    const answer = await this.post(
      (body) => {
        for (const item of items) {
          body.append("photos", item.file, item.file.name);
          body.append("role", item.role);
        }
      },
      (part) => {
        for (const item of items) item.element.style.setProperty("--sent", part);
        this.sum.sent += part * size - before;
        before = part * size;
        this.progress();
      },
    );
    this.sum.sent += size - before;
    if (!answer) return this.broken(items);
    this.tally(answer, items);
  }

  tally(answer, items) {
    const refused = [...answer.refusals];
    for (const item of items) {
      const at = refused.findIndex((one) => one.name === item.file.name);
      const refusal = at >= 0 ? refused.splice(at, 1)[0] : null;
      this.verdict(item, refusal ? "refused" : "done", refusal?.sentence ?? "");
    }
    this.sum.done += items.length;
    this.sum.stored += answer.photos.length;
    this.sum.refused += answer.refusals.length;
    for (const warning of answer.warnings) this.warn(warning.sentence, warning.url, "warning");
    this.progress();
  }

  verdict(item, state, sentence) {
    item.state = state;
    item.element.dataset.state = state;
    const verdict = item.element.querySelector(".tray-verdict");
    verdict.textContent = sentence;
    verdict.hidden = !sentence;
  }

  // What did not arrive waits for another try; what did is never sent twice.
  broken(items) {
    this.sum.broken += items.length || 1;
    for (const item of items) {
      this.verdict(item, "waiting", this.rhythm.stopped ? "" : this.words("sayOffline"));
      item.element.style.removeProperty("--sent");
    }
  }

  post(fill, onProgress) {
    const body = new FormData();
    if (this.coin) body.append("coin", this.coin);
    const collection = this.form.elements.collection?.value;
    if (collection) body.append("collection", collection);
    if (this.form.elements.batch) body.append("batch", this.form.elements.batch.value);
    fill(body);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.form.getAttribute("action"));
      request.setRequestHeader("Accept", "application/json");
      for (const [name, value] of Object.entries(token(this.form))) request.setRequestHeader(name, value);
      request.responseType = "json";
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onload = () => resolve(this.read(request));
      request.onerror = request.ontimeout = request.onabort = () => resolve(null);
      request.onloadend = () => this.requests.delete(request);
      this.requests.add(request);
      request.send(body);
    });
  }

  read(request) {
    if (request.status === 413) {
      return { photos: [], coins: [], warnings: [], refusals: [{ name: "", sentence: this.words("sayTooLarge") }] };
    }
    return request.response?.photos ? request.response : null;
  }

  progress() {
    const { sum } = this;
    if (this.rhythm.paused) return;
    const seconds = Math.max(this.rhythm.seconds, 0.2);
    const rate = sum.sent / seconds;
    const left = Math.max(0, (sum.bytes - sum.sent) / Math.max(rate, 1));
    this.part("progress").value = sum.bytes ? Math.min(1, sum.sent / sum.bytes) : 1;
    const text = left > 90 ? this.words("sayLeftMinutes", { n: Math.ceil(left / 60) }) : this.words("sayLeft", { n: Math.ceil(left) });
    const said = this.words("sayProgress", { done: sum.done, all: sum.all, rate: `${bytes(rate)}/s`, left: text });
    // a screen reader should not be talked to death
    if (!this.lastSaid || performance.now() - this.lastSaid > 1500) {
      this.lastSaid = performance.now();
      this.say(said);
    }
  }

  end() {
    this.busy = false;
    const { sum } = this;
    this.form.classList.remove("tray-started");
    this.form.removeAttribute("aria-busy");
    this.part("progress").hidden = true;
    for (const name of ["pause", "cancel"]) if (this.part(name)) this.part(name).hidden = true;
    const rest = this.waiting().length;
    const said = [];
    if (sum.stored) said.push(this.words(sum.stored === 1 ? "sayDoneOne" : "sayDone", { n: sum.stored }));
    if (sum.refused) said.push(this.words(sum.refused === 1 ? "sayRefusedOne" : "sayRefused", { n: sum.refused }));
    if (this.rhythm.stopped) said.push(this.words("sayCancelled"));
    else if (sum.broken) said.push(this.words("sayOffline"));
    this.say(said.join(" "));
    this.part("send").hidden = !sum.broken && !rest;
    if (sum.broken || rest) this.part("send").textContent = this.words("sayRetry");
    this.form.classList.add("tray-quick");
    if (sum.refused) this.keepRefused();
    const quiet = !sum.refused && !sum.broken && !rest && !this.part("warnings").children.length;
    this.form.dispatchEvent(new CustomEvent("photos:added", { bubbles: true, detail: { coin: this.coin, stored: sum.stored, quiet } }));
    if (this.coin || !sum.stored) return;
    this.part("next").hidden = false;
    // below stood how many drafts there were before
    if (!quiet && document.getElementById("drafts")) window.htmx?.ajax("GET", location.pathname, { target: "#drafts", select: "#drafts", swap: "outerHTML" });
    if (quiet) this.leave();
    else this.part("next").focus();
  }

  // What went well needs no more room: the reasons should be in sight.
  keepRefused() {
    for (const group of this.groups) {
      if (group.every((item) => item.state === "done")) group[0].element.closest(".tray-group").remove();
    }
  }

  leave() {
    const next = new URL(this.form.dataset.ready, location.href);
    if (next.pathname === location.pathname && next.search === location.search) {
      history.replaceState(null, "", next);
      location.reload();
    } else location.assign(next);
  }

  say(text) {
    this.part("says").textContent = text;
  }

  warn(text, url, level) {
    const list = this.part("warnings");
    if ([...list.children].some((item) => item.textContent === text && item.firstChild.href === url)) return;
    const item = document.createElement("li");
    item.className = `tray-${level}`;
    const inner = document.createElement(url ? "a" : "span");
    inner.textContent = text;
    if (url) inner.href = url;
    item.append(inner);
    list.append(item);
  }
}

// Folder by folder: two folders may hold files of the same names.
function parts(files) {
  const folders = new Map();
  for (const file of files) {
    const folder = file.folder ?? file.webkitRelativePath?.replace(/[^/]*$/, "") ?? "";
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap((one) => {
    one.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    return Array.from({ length: Math.ceil(one.length / NAMES_AT_ONCE) }, (_, n) => one.slice(n * NAMES_AT_ONCE, (n + 1) * NAMES_AT_ONCE));
  });
}

function token(form) {
  return { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
}

function show(item) {
  const picture = new Image();
  picture.alt = "";
  picture.src = URL.createObjectURL(item.file);
  const forget = () => URL.revokeObjectURL(picture.src);
  // what the browser cannot draw keeps the sign that stands for a photo
  picture.decode().then(() => item.element.querySelector(".coin-photo").replaceChildren(picture), () => {}).finally(forget);
}

function bytes(count) {
  const unit = count > 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${(count / unit[0]).toFixed(1)} ${unit[1]}`;
}
