import type { VNode } from 'preact';
import type { BodyRef, Counted, EventAnswer, SourceRef } from '../../machine/answers.ts';
import { dateInWords } from '../dates.ts';
import { type Frame, type Links, page } from '../frame.tsx';
import { BodyLink, Cited, CountsTable, Drawing, type Drawn, EventItem } from '../parts.tsx';
import { numbered } from '../words.ts';

/** The answer to a question, as the record gives it. */
export interface Answered {
  /** In one sentence, computed. */
  readonly says: string;
  readonly events: readonly EventAnswer[];
  readonly bodies: readonly BodyRef[];
  /** Where the answer is told in full. */
  readonly href: string;
}

/** A step of a lesson with its state computed. */
export interface LessonStep {
  readonly heading: string;
  readonly events: readonly EventAnswer[];
  readonly counts?: {
    readonly before: string;
    readonly after: string;
    readonly rows: readonly { readonly kind: string; readonly before: Counted; readonly after: Counted }[];
  };
  readonly map?: Drawn;
  readonly questions: readonly { readonly ask: string; readonly answered: Answered }[];
}

/** A lesson, computed. */
export interface LessonModel {
  readonly lesson: string;
  readonly title: string;
  readonly summary: string;
  readonly steps: readonly LessonStep[];
  /** Hide what follows a question until it is asked for. */
  readonly predict: boolean;
}

/** The list of lessons. */
export function lessonsPage(
  frame: Frame,
  lessons: readonly {
    readonly lesson: string;
    readonly title: string;
    readonly summary: string;
    readonly steps: number;
  }[],
): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">Predict, then reveal</span>
        Lessons
      </h1>
      <p class="lead">
        Each lesson chooses events of the record and asks about them. What was so, and every answer, is computed from
        the record.
      </p>
      <ul class="milestones">
        {lessons.map(({ lesson, title, summary, steps }) => (
          <li key={lesson}>
            <h2>
              <a href={links.to(`/lesson/${lesson}`, { predict: 'true' })}>{title}</a>
            </h2>
            <p>{summary}</p>
            <p class="muted">
              {numbered(steps, 'step')}.{' '}
              <a href={links.to(`/lesson/${lesson}`)}>With the answers, for teachers and to print</a>
            </p>
          </li>
        ))}
      </ul>
    </>,
  );
}

/** A lesson: its steps one after another, the questions in between. */
export function lessonPage(frame: Frame, model: LessonModel): string {
  const { links } = frame;
  const { lesson, title, summary, steps, predict } = model;
  return page(
    frame,
    <>
      <h1>
        <span class="over">Lesson</span>
        {title}
      </h1>
      <p class="sentence">{summary}</p>
      <p class="screen">
        {predict ? (
          <a href={links.to(`/lesson/${lesson}`)}>The whole lesson with its answers, to print</a>
        ) : (
          <a href={links.to(`/lesson/${lesson}`, { predict: 'true' })}>
            Hide the answers: predict, then reveal, or print the questions
          </a>
        )}
      </p>
      {steps.map((step, n) => (
        <section key={step.heading} aria-labelledby={`step-${n + 1}`} class="lesson-step">
          <h2 id={`step-${n + 1}`}>
            {n + 1}. {step.heading}
          </h2>
          {predict ? (
            <>
              <Questions step={step} links={links} hidden={true} />
              <details>
                <summary>What happened</summary>
                <Told step={step} links={links} n={n} />
              </details>
            </>
          ) : (
            <>
              <Told step={step} links={links} n={n} />
              <Questions step={step} links={links} hidden={false} />
            </>
          )}
        </section>
      ))}
      {!predict && <Cited of={steps.flatMap(({ events, questions }) => sourcesOf(events, questions))} />}
    </>,
  );
}

function sourcesOf(events: readonly EventAnswer[], questions: LessonStep['questions']): SourceRef[] {
  return [...events, ...questions.flatMap(({ answered }) => answered.events)].flatMap(({ sources }) => sources);
}

function Told({ step, links, n }: { readonly step: LessonStep; readonly links: Links; readonly n: number }): VNode {
  return (
    <>
      <ul>
        {step.events.map((event) => (
          <EventItem key={event.id} event={event} links={links} />
        ))}
      </ul>
      {step.counts && (
        <CountsTable
          counts={step.counts.rows}
          before={dateInWords(step.counts.before)}
          after={dateInWords(step.counts.after)}
          links={links}
          label={`How many of each kind, step ${n + 1}`}
        />
      )}
      {step.map && (
        <div class="lesson-map">
          <Drawing drawn={step.map} id={`map-${n + 1}`} />
        </div>
      )}
    </>
  );
}

function Questions({
  step,
  links,
  hidden,
}: {
  readonly step: LessonStep;
  readonly links: Links;
  readonly hidden: boolean;
}): VNode {
  return (
    <>
      {step.questions.map(({ ask, answered }) => (
        <div class="question" key={ask}>
          <p>{ask}</p>
          {hidden ? (
            <details>
              <summary>Reveal</summary>
              <Answer answered={answered} links={links} />
            </details>
          ) : (
            <Answer answered={answered} links={links} />
          )}
        </div>
      ))}
    </>
  );
}

function Answer({ answered, links }: { readonly answered: Answered; readonly links: Links }): VNode {
  return (
    <div class="answer">
      {answered.says && <div>{answered.says}</div>}
      {answered.bodies.length > 0 && (
        <ul>
          {answered.bodies.map((body) => (
            <li key={body.id}>
              <BodyLink body={body} links={links} />
            </li>
          ))}
        </ul>
      )}
      {answered.events.length > 0 && (
        <ul>
          {answered.events.map((event) => (
            <EventItem key={event.id} event={event} links={links} />
          ))}
        </ul>
      )}
      <a class="screen" href={answered.href}>
        The answer in the record
      </a>
    </div>
  );
}
