import { fixedWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import classes from './flow-picture.module.css';

interface PartProps {
  readonly x: number;
  readonly y: number;
}

const WINDOW = { width: 250, height: 150 } as const;

/** A browser window with a title bar and a few rows, drawn as bars. */
function Window({ x, y, title, rows }: PartProps & { readonly title: string; readonly rows: readonly number[] }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className={classes.window} width={WINDOW.width} height={WINDOW.height} rx={12} />
      <path className={classes.rule} d={`M0 30H${WINDOW.width}`} />
      {[18, 34, 50].map((dot) => (
        <circle key={dot} className={classes.dot} cx={dot} cy={15} r={4.5} />
      ))}
      <text className={classes.title} x={20} y={58}>
        {title}
      </text>
      {rows.map((width, i) => (
        <rect key={width} className={classes.row} x={20} y={76 + i * 20} width={width} height={8} rx={4} />
      ))}
    </g>
  );
}

/** A sealed box: a ciphertext. Its centre is at (x, y). */
function Sealed({ x, y }: PartProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className={classes.box} x={-19} y={-14} width={38} height={28} rx={6} />
      <path className={classes.lock} d="M-5 -2v-3a5 5 0 0 1 10 0v3" />
      <rect className={classes.lockBody} x={-8} y={-2} width={16} height={10} rx={2} />
    </g>
  );
}

/** The released table. */
function ReleasedTable({ x, y }: PartProps) {
  const cells = [
    [t('group'), t('count'), t('mean')],
    [t('North'), '48', fixedWords(71.2, 1)],
    [t('South'), t('fewer than 10'), ''],
  ];
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className={classes.table} width={WINDOW.width} height={86} rx={8} />
      <path className={classes.rule} d={`M1 30H${WINDOW.width - 1}`} />
      {cells.map((row, r) =>
        row.map((text, c) => (
          <text key={text} className={r === 0 ? classes.cellHead : classes.cell} x={18 + c * 74} y={21 + r * 27}>
            {text}
          </text>
        )),
      )}
    </g>
  );
}

const LIST_ROWS = [152, 118, 170];
const DATA_ROWS = [188, 142, 204];

/** Side by side, where there is room. */
function WidePicture() {
  return (
    <svg viewBox="0 0 760 300" className={classes.wide} aria-hidden="true">
      <Window x={2} y={2} title={t('Researcher: a list')} rows={LIST_ROWS} />
      <Window x={508} y={2} title={t('Data owner: the data')} rows={DATA_ROWS} />
      <path className={classes.arrow} d="M268 56H490M481 50L490 56L481 62M490 108H268M277 102L268 108L277 114" />
      <Sealed x={379} y={56} />
      <Sealed x={379} y={108} />
      <text className={classes.between} x={379} y={146}>
        {t('ciphertexts only')}
      </text>
      <path className={classes.arrow} d="M127 160V196M121 187L127 196L133 187" />
      <ReleasedTable x={2} y={206} />
      <text className={classes.released} x={272} y={254}>
        {t('one table, and nothing else')}
      </text>
    </svg>
  );
}

/** One above the other, for narrow screens: the text keeps its size. */
function TallPicture() {
  return (
    <svg viewBox="0 0 320 560" className={classes.tall} aria-hidden="true">
      <Window x={35} y={2} title={t('Data owner: the data')} rows={DATA_ROWS} />
      <path className={classes.arrow} d="M120 160V244M114 235L120 244L126 235M200 244V160M194 169L200 160L206 169" />
      <Sealed x={120} y={202} />
      <Sealed x={200} y={202} />
      <Window x={35} y={254} title={t('Researcher: a list')} rows={LIST_ROWS} />
      <path className={classes.arrow} d="M160 412V444M154 435L160 444L166 435" />
      <ReleasedTable x={35} y={454} />
    </svg>
  );
}

/** Two browsers, ciphertexts between them, one table at the end. */
export function FlowPicture() {
  return (
    <figure
      className={classes.figure}
      role="img"
      aria-label={t(
        'The researcher’s browser with a list and the data owner’s browser with data exchange only ciphertexts. The researcher’s browser ends with one table of groups, counts and means, and nothing else.',
      )}
    >
      <WidePicture />
      <TallPicture />
    </figure>
  );
}
