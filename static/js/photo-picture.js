// The browser's own rendering of an edit, as catalog/images makes it: cut and turned, unrolled, sharpened.

const SIDE = 560; // a coin is drawn this wide; the finest detail is then one pixel
const GRAIN = 24;
const START = (150 * Math.PI) / 180; // clockwise from the top
const SPAN = (420 * Math.PI) / 180;
const INNER = 0.5;
const OUTER = 0.99;
const KERNEL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];

// edit: { crop: { cx, cy, r } or null, angle in degrees, sharpness, denoise, polar }
export function paint(canvas, picture, edit) {
  if (!picture.naturalWidth) return;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  cut(canvas, context, picture, edit);
  if (edit.polar) unroll(canvas, context);
  if (edit.sharpness === 1 && edit.denoise === 0) return;
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  detail(image, edit);
  context.putImageData(image, 0, 0);
}

function cut(canvas, context, picture, { crop, angle, polar }) {
  const { naturalWidth: width, naturalHeight: height } = picture;
  const { cx, cy, r } = crop ?? { cx: 0.5, cy: 0.5, r: 0.5 };
  const turn = (angle * Math.PI) / 180;
  const [cosine, sine] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const whole = [width * cosine + height * sine, width * sine + height * cosine];
  const across = 2 * r * Math.min(width, height) || 1;
  const [wide, high] = crop || polar ? [across, across] : whole;
  const scale = SIDE / Math.max(wide, high);
  canvas.width = Math.max(1, Math.round(wide * scale)); // clears it, too
  canvas.height = Math.max(1, Math.round(high * scale));
  context.imageSmoothingQuality = "high";
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate(turn);
  context.scale(scale, scale);
  context.drawImage(picture, -cx * width, -cy * height);
  context.resetTransform();
}

function unroll(canvas, context) {
  const radius = canvas.width / 2;
  const disc = context.getImageData(0, 0, canvas.width, canvas.height);
  canvas.width = Math.round((SPAN * (INNER + OUTER) * radius) / 2);
  canvas.height = Math.round((OUTER - INNER) * radius);
  const strip = context.createImageData(canvas.width, canvas.height);
  for (let y = 0, to = 0; y < strip.height; y++) {
    const away = radius * (OUTER - ((OUTER - INNER) * (y + 0.5)) / strip.height);
    for (let x = 0; x < strip.width; x++, to += 4) {
      const angle = START + (SPAN * (x + 0.5)) / strip.width;
      pick(disc, radius + away * Math.sin(angle) - 0.5, radius - away * Math.cos(angle) - 0.5, strip.data, to);
    }
  }
  context.putImageData(strip, 0, 0);
}

// Between the four pixels around a point.
function pick({ data, width, height }, x, y, into, to) {
  const left = Math.min(Math.max(Math.floor(x), 0), width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), height - 2);
  const [dx, dy, from] = [x - left, y - top, 4 * (top * width + left)];
  for (let part = 0; part < 4; part++) {
    const at = from + part;
    const upper = data[at] * (1 - dx) + data[at + 4] * dx;
    const lower = data[at + 4 * width] * (1 - dx) + data[at + 4 * width + 4] * dx;
    into[to + part] = upper * (1 - dy) + lower * dy;
  }
}

// An unsharp mask, less the weakest of the detail, which may be grain.
function detail({ data, width, height }, { sharpness, denoise }) {
  const smooth = blurred(data, width, height);
  for (let at = 0; at < data.length; at++) {
    const opaque = smooth[at | 3];
    if ((at & 3) === 3 || !opaque) continue;
    const base = (smooth[at] * 255) / opaque;
    const fine = data[at] - base;
    const grain = Math.max(0, 1 - Math.abs(fine) / GRAIN) * denoise;
    data[at] = base + fine * (1 - grain) * sharpness; // the array rounds and clips
  }
}

// Colours are weighed by their opacity, or edges would take in the black outside.
function blurred(data, width, height) {
  const levels = Float32Array.from(data);
  for (let at = 0; at < levels.length; at++) if ((at & 3) !== 3) levels[at] *= data[at | 3] / 255;
  const across = along(levels, 4 * height, (line) => (line >> 2) * 4 * width + (line & 3), width, 4);
  return along(across, 4 * width, (line) => line, height, 4 * width);
}

function along(levels, lines, start, length, step) {
  const out = new Float32Array(levels.length);
  for (let line = 0; line < lines; line++) {
    const first = start(line);
    for (let at = 0; at < length; at++) {
      let sum = 0;
      for (let tap = -2; tap <= 2; tap++) sum += KERNEL[tap + 2] * levels[first + step * Math.min(Math.max(at + tap, 0), length - 1)];
      out[first + step * at] = sum;
    }
  }
  return out;
}
