import { useEffect, useRef, useState, type JSX } from 'react';
import UPlot, { type Options, type Series } from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { cssColor, onThemeChange } from '../../ui/css-color.ts';
import { columnsOf, hourAt, type Hour, type Statistics } from './chart-data.ts';
import { axisTime, hourInWords } from './chart-words.ts';

const HEIGHT = 180;
const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];

type Colours = Record<'ok' | 'bad' | 'p50' | 'p95' | 'text' | 'grid', string>;
const coloursNow = (): Colours => ({
  ok: cssColor('--chart-ok'),
  bad: cssColor('--chart-bad'),
  p50: cssColor('--chart-line'),
  p95: cssColor('--chart-line-2'),
  text: cssColor('--muted'),
  grid: cssColor('--border'),
});

type Props = { readonly statistics: Statistics; readonly onHour: (hour: string) => void };

/** Bars of what was delivered and what failed by hour, and lines of response times. What it shows is in the table beside it, too. */
export default function StatisticsChart({ statistics, onHour }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const [pointed, setPointed] = useState<Hour>();
  const latest = useRef({ statistics, onHour });
  useEffect(() => {
    latest.current = { statistics, onHour };
  });
  const { from, to } = statistics;

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let colours = coloursNow();
    const under = (chart: UPlot): Hour | undefined => {
      const { left } = chart.cursor;
      return left === undefined || left < 0
        ? undefined
        : hourAt(latest.current.statistics.hours, chart.posToVal(left, 'x'));
    };
    const chart = new UPlot(
      optionsOf({
        from,
        to,
        width: element.clientWidth,
        colours: () => colours,
        onPoint: (at) => setPointed(under(at)),
      }),
      columnsOf(latest.current.statistics.hours),
      element,
    );
    chart.over.addEventListener('click', () => {
      const hour = under(chart);
      if (hour) latest.current.onHour(hour.hour);
    });
    plot.current = chart;
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    const forget = onThemeChange(() => {
      colours = coloursNow();
      chart.redraw(false, true);
    });
    return () => {
      resized.disconnect();
      forget();
      chart.destroy();
    };
  }, [from, to]);

  useEffect(() => plot.current?.setData(columnsOf(statistics.hours)), [statistics]);

  return (
    <>
      <div className="chart-canvas" ref={place} aria-hidden="true" />
      <p className="chart-pointed small muted" aria-hidden="true">
        {pointed ? hourInWords(pointed) : 'Point at an hour for its numbers, click it to see its deliveries.'}
      </p>
    </>
  );
}

type Wanted = Pick<Statistics, 'from' | 'to'> & {
  readonly width: number;
  readonly colours: () => Colours;
  readonly onPoint: (chart: UPlot) => void;
};

function optionsOf({ from, to, width, colours, onPoint }: Wanted): Options {
  const bars = UPlot.paths.bars?.({ size: [0.8, 60] });
  const bar = (colour: 'ok' | 'bad'): Series => ({
    scale: 'count',
    paths: bars,
    fill: () => colours()[colour],
    width: 0,
    points: { show: false },
  });
  const line = (colour: 'p50' | 'p95'): Series => ({
    ...{ scale: 'ms', width: 1.5, stroke: () => colours()[colour] },
    points: { size: 4, width: 0, fill: () => colours()[colour], filter: lonely },
  });
  const axis = { stroke: () => colours().text, font: `12px ${getComputedStyle(document.body).fontFamily}` };
  const grid = { stroke: () => colours().grid, width: 1 };
  const bounds: [number, number] = [Date.parse(from) / 1_000, Date.parse(to) / 1_000];
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    hooks: { setCursor: [onPoint] },
    scales: { x: { range: bounds }, count: { range: fromZero }, ms: { range: fromZero } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        ticks: grid,
        space: 70,
        values: (_, splits) => splits.map((at) => axisTime(at * 1_000)),
      },
      {
        ...axis,
        scale: 'count',
        grid,
        ticks: { show: false },
        incrs: COUNTS,
        space: 26,
        size: 44,
        values: (_, splits) => splits.map((n) => n.toLocaleString()),
      },
      {
        ...axis,
        scale: 'ms',
        side: 1,
        grid: { show: false },
        ticks: { show: false },
        size: 60,
        values: (_, splits) => splits.map((ms) => `${ms} ms`),
      },
    ],
    series: [{}, bar('bad'), bar('ok'), line('p50'), line('p95')],
  };
}

const fromZero = (_: UPlot, __: number | null, most: number | null): [number, number] => [
  0,
  Math.max(1, (most ?? 0) * 1.05),
];

/** Points are drawn where there is no line: an hour with answers between hours without. */
function lonely(chart: UPlot, index: number): number[] | null {
  const values = chart.data[index] ?? [];
  const isNone = (at: number): boolean => values[at] === null || values[at] === undefined;
  return Array.from(values, (_, at) => at).filter((at) => !isNone(at) && isNone(at - 1) && isNone(at + 1));
}
