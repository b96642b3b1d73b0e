import type { History, LineageLink, Spell } from '../../machine/answers.ts';
import { shareInWords } from '../../views/words.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { dateInWords, periodInWords } from '../format/dates.ts';
import {
  type Block,
  cite,
  type Document,
  heading,
  items,
  type Line,
  next,
  paragraph,
  strong,
  title,
} from '../format/document.ts';
import {
  capital,
  closing,
  codesInWords,
  coverageLines,
  kindInWords,
  lensBlocks,
  lensLines,
  lensOf,
  nameOf,
  remarkedLine,
  sourcesOf,
} from '../format/parts.ts';
import { COMMON, LENS, WITHOUT } from '../options.ts';
import { resolveId } from '../resolve.ts';

export const command: Command = {
  name: 'history',
  summary:
    'Everything the record holds of one thing: its names, codes, kinds, parents, statuses, forebears, successors, figures and events.',
  arguments: [
    {
      usage: '<id…>',
      summary: 'an id (icb/devon), or what is known by one code or name: “icb devon”, QHM, “NHS Darlington CCG”',
    },
  ],
  options: [...LENS, WITHOUT, ...COMMON],
  examples: [
    { line: 'stood history system/frimley', means: 'from footprint to partnership to the board that came of it' },
    { line: 'stood history icb devon', means: 'the same as icb/devon' },
    { line: 'stood history body/nhs-england --published-by 2022-01-01', means: 'what could be known of it by then' },
  ],
  async run(ctx) {
    const id = await resolveId(ctx, ctx.args.join(' '));
    const history = (await ctx.machine()).history(id, lensOf(ctx));
    await tell(ctx, {
      data: history,
      document: () => documentOf(history),
      sheet: () => ({
        header: ['id', 'attribute', 'value', 'detail', 'from', 'until', 'certainty', 'event', 'ended_by'],
        rows: rowsOf(history).map(({ attribute, value, detail, spell }) => [
          history.id,
          attribute,
          value,
          detail,
          spell.from,
          spell.until,
          spell.certainty,
          spell.began.event,
          spell.ends?.event,
        ]),
      }),
      notes: [...lensLines(history), ...coverageLines(history.coverage)],
    });
    return 0;
  },
};

interface Row {
  readonly attribute: string;
  readonly value: string;
  readonly detail: string;
  readonly spell: Spell;
}

function rowsOf(history: History): Row[] {
  const plain = (attribute: string, spells: readonly Spell[]) =>
    spells.map((spell): Row => ({ attribute, value: spell.value, detail: '', spell }));
  return [
    ...plain('exists', history.existence),
    ...plain('name', history.names),
    ...history.codeSpells.map(
      (spell): Row => ({ attribute: `${spell.system} code`, value: spell.value, detail: '', spell }),
    ),
    ...plain('kind', history.kinds),
    ...history.relations.map(
      (spell): Row => ({ attribute: spell.relation, value: spell.value, detail: spell.name, spell }),
    ),
    ...history.statuses.map(
      (spell): Row => ({
        attribute: 'status',
        value: spell.value,
        detail: [spell.title, spell.wave].filter(Boolean).join(', '),
        spell,
      }),
    ),
  ];
}

function documentOf(history: History): Document {
  return [
    title([nameOf(history), ` (${[history.id, codesInWords(history.codes)].filter(Boolean).join(', ')})`]),
    paragraph(existenceLine(history)),
    ...lensBlocks(history),
    ...spells('Names', history.names),
    ...listed(
      'Codes',
      history.codeSpells.map((spell) => spellLine(`${spell.system.toUpperCase()} ${spell.value}`, spell)),
    ),
    ...(history.kinds.length > 1
      ? listed(
          'Kinds',
          history.kinds.map((spell) => spellLine(kindInWords(spell.value, false), spell)),
        )
      : []),
    ...listed(
      'Statuses',
      history.statuses.map((spell) =>
        spellLine(`${capital(spell.title)}${spell.wave ? ` (${spell.wave})` : ''}`, spell),
      ),
    ),
    ...listed(
      'Relations',
      history.relations.map((spell) =>
        spellLine(`${capital(spell.relation.replace(/-/g, ' '))} ${spell.name} (${spell.value})`, spell),
      ),
    ),
    ...listed(
      'Came from',
      history.predecessors.map((link) => linkLine(`${link.fromName} (${link.from})`, link)),
    ),
    ...listed(
      'Led to',
      history.successors.map((link) => linkLine(`${link.toName} (${link.to})`, link)),
    ),
    ...listed('Figures', history.figures.map(remarkedLine)),
    ...listed('Events', history.events.map(remarkedLine)),
    ...closing(coverageLines(history.coverage), history.edition),
    ...(history.kinds.length > 0
      ? [
          next(
            [`stood lineage ${history.id}`, 'who came before and after, however far'],
            [`stood timeline --about ${history.id}`, 'its events alone'],
          ),
        ]
      : []),
  ];
}

function existenceLine(history: History): Line {
  const kind = history.kinds.at(-1)?.value ?? history.kind;
  const spells = history.existence.map(
    (spell) => `${spell.certainty === 'possible' ? 'possibly ' : ''}${periodInWords(spell.from, spell.until)}`,
  );
  return `${capital(kindInWords(kind, false))}${spells.length > 0 ? `, ${spells.join('; ')}` : ''}.`;
}

function spells(name: string, list: readonly Spell[]): Block[] {
  return listed(
    name,
    list.map((spell) => spellLine(spell.value, spell)),
  );
}

function spellLine(value: string, spell: Spell): Line {
  return [
    strong(value),
    `, ${spell.certainty === 'possible' ? 'possibly ' : ''}${periodInWords(spell.from, spell.until)} `,
    cite(sourcesOf([spell.began, spell.ends])),
  ];
}

function linkLine(other: string, link: LineageLink): Line {
  const shares = link.shares.map(shareInWords);
  return [
    strong(other),
    `: ${link.how}, ${dateInWords(link.date)}${shares.length > 0 ? `; ${shares.join(', ')}` : ''} `,
    cite(sourcesOf([link.via])),
  ];
}

function listed(name: string, lines: readonly Line[]): Block[] {
  return lines.length > 0 ? [heading(name), items(lines)] : [];
}
