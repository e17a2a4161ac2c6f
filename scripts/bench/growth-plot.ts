/** What one thing costs at some sizes. */
export interface Curve {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly values: readonly number[];
}

const [width, height, margin] = [640, 420, 56];
const colours = ['#2563eb', '#dc2626', '#059669', '#d97706', '#7c3aed'];

/** The exponent of the power law closest to the values: the slope of the line through the logarithms. */
export function exponentOf({ sizes, values }: Curve): number {
  const points = sizes.map(
    (size, at) => [Math.log(size), Math.log(values[at] ?? Number.NaN)] as const,
  );
  const mean = (nth: 0 | 1) => points.reduce((sum, point) => sum + point[nth], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** The curves as SVG, both axes logarithmic, each relative to its own cost at the first size. */
export function plot(curves: readonly Curve[]): string {
  const sizes = curves[0]?.sizes ?? [];
  const [least = 1, most = 1] = [sizes[0], sizes.at(-1)];
  const top = most / least;
  const share = (value: number, end: number) => Math.log(Math.max(value, 1 / 3)) / Math.log(end);
  const x = (size: number) => margin + share(size / least, top) * (width - 2 * margin);
  const y = (times: number) => height - margin - share(times, top) * (height - 2 * margin);
  const points = ({ sizes: at, values }: Curve) =>
    at.map((size, nth) => {
      const times = (values[nth] ?? Number.NaN) / (values[0] ?? Number.NaN);
      return `${x(size).toFixed(1)},${y(times).toFixed(1)}`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="white"/>
<text x="${margin}" y="24">Cost by number of sessions, relative to ${least}; dashed is linear</text>
<path d="M${x(least)} ${y(1)}L${x(most)} ${y(top)}" stroke="#999" stroke-dasharray="6 4"/>
${sizes.map((size) => `<text x="${x(size)}" y="${height - margin + 22}" text-anchor="middle">${size}</text>`).join('\n')}
${curves
  .map((curve, nth) => {
    const colour = colours[nth % colours.length];
    const label = `${curve.name} (exponent ${exponentOf(curve).toFixed(2)})`;
    return `<polyline points="${points(curve).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>
<text x="${margin + 12}" y="${48 + nth * 18}" fill="${colour}">${label}</text>`;
  })
  .join('\n')}
</svg>
`;
}
