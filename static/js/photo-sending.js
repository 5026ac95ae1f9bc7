// What an upload of many photos needs besides: the photos of a folder, and when to go on, rest, stop.

const PHOTO = /\.(jpe?g|png|webp|hei[cf]|tiff?|bmp)$/i;

// A folder holds more than photos, and what a system hides in it.
export function ofFolder(files) {
  return files.filter((file) => PHOTO.test(file.name) && !file.name.startsWith("."));
}

// Of what is dropped: files as they are, folders with all their photos.
export async function within(entries) {
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return ofFolder(found);
}

async function walk(entry, folder, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push(Object.assign(file, { folder }));
    return;
  }
  const reader = entry.createReader();
  const next = () => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  // a browser hands out a hundred at a time
  for (let some = await next(); some.length; some = await next()) {
    for (const one of some) await walk(one, `${folder}${entry.name}/`, found);
  }
}

export class Rhythm {
  begin() {
    this.stopped = false;
    this.paused = false;
    this.spent = 0;
    this.since = performance.now();
  }

  // Without the time that was rested.
  get seconds() {
    return (this.spent + (this.paused ? 0 : performance.now() - this.since)) / 1000;
  }

  toggle() {
    if (this.paused) {
      this.since = performance.now();
      this.goOn?.();
    } else {
      this.spent += performance.now() - this.since;
      this.rest = new Promise((resolve) => (this.goOn = resolve));
    }
    this.paused = !this.paused;
  }

  turn() {
    return this.paused ? this.rest : undefined;
  }

  stop() {
    this.stopped = true;
    if (this.paused) this.toggle();
  }
}
