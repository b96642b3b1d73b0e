import type { Material } from '../../src/machine/index.ts';
import { given } from '../support/given.ts';

const SOURCES = `
northshire-order-2020: { title: The Northshire (Merger) Order 2020, publisher: The Stationery Office, kind: legislation, url: "https://example.org/uksi/2020/1?view=plain&lang=en", published: 2020-02-14, accessed: 2026-11-21, licence: Open Government Licence v3.0 }
southshire-order-2022: { title: "The Southshire (Division) Order 2022", publisher: The Stationery Office, kind: legislation, url: "https://example.org/uksi/2022/2", published: 2022-05-03, licence: Open Government Licence v3.0 }
a-register: { title: Register of organisations, publisher: The registrar, kind: register, url: "https://example.org/register", note: "Lists last days; “closed” means the day before." }
a-plan: { title: "Next steps: one plan, two systems", publisher: The service, kind: official-publication, url: "https://example.org/next-steps", published: 2019-01 }
a-weekly: { title: "All change in the shires?", publisher: A weekly, kind: press, published: 2018 }
`;

const COVERAGE = `
- { of: clinical-commissioning-group, from: 2013-04-01, to: 2026-07-01, completeness: complete, note: None existed before. }
- { of: integrated-care-board, from: 2013-04-01, to: 2026-07-01, completeness: complete }
- { of: system, from: 2013-04-01, to: 2026-07-01, completeness: partial, note: Only those of the shires. }
- { of: nhs-region, from: 2013-04-01, to: 2026-07-01, completeness: complete }
- { of: status/integrated-care-system, from: 2013-04-01, to: 2026-07-01, completeness: complete }
`;

const GROUPS = `
milestone: groups-2013
title: Commissioning groups begin
summary: On 1 April 2013 groups take over from trusts.
recorded: 2026-11-21
themes: [commissioning]
events:
  - { id: groups-2013/region, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: region/the-shires, name: The Shires, kind: nhs-region, codes: { ods: Y99, gss: E40000099 } }, sources: [a-register] }
  - id: groups-2013/east-northshire
    type: OrganisationEstablished
    effective: { date: 2013-04-01, basis: legal }
    data: { organisation: ccg/east-northshire, name: NHS East Northshire CCG, kind: clinical-commissioning-group, codes: { ods: 00A, gss: E38000001 } }
    sources: [a-register]
    alsoDated: [{ date: 2013-01-17, basis: operational, source: a-weekly }]
  - { id: groups-2013/west-northshire, type: OrganisationEstablished, effective: { date: 2013-04-01, basis: legal }, data: { organisation: ccg/west-northshire, name: NHS West Northshire CCG, kind: clinical-commissioning-group, codes: { ods: 00B } }, sources: [a-register] }
  - { id: groups-2013/southshire, type: OrganisationEstablished, effective: { date: 2013-04-01, basis: legal }, data: { organisation: ccg/southshire, name: "NHS Southshire & District CCG", kind: clinical-commissioning-group, codes: { ods: 00C } }, sources: [a-register] }
  - { id: groups-2013/in-the-region, type: RelationshipBegan, effective: 2013-04-01, data: { relation: part-of, from: [ccg/east-northshire, ccg/west-northshire, ccg/southshire], to: region/the-shires }, sources: [{ source: a-register, at: row 7 }] }
`;

const SYSTEMS = `
milestone: systems-2018
title: Systems are named
summary: "Two systems; nobody says on which day the second was formed."
recorded: 2026-11-21
themes: [systems, policy]
events:
  - { id: systems-2018/status, type: StatusCreated, effective: 2017-06-15, data: { status: status/integrated-care-system, title: accountable care system, acronym: ACS }, sources: [a-plan] }
  - { id: systems-2018/north, type: OrganisationEstablished, effective: 2016-03-15, data: { organisation: system/north, name: Northshire and the Moors, kind: system, codes: { gss: E54000099 } }, sources: [a-plan] }
  - id: systems-2018/south
    type: OrganisationEstablished
    effective: { date: "[2017-09..2018-06]", basis: inferred }
    data: { organisation: system/south, name: Southshire, kind: system }
    sources: [{ source: a-weekly, at: "p. 3" }]
    confidence: medium
    note: "The weekly writes “by the summer”; =nobody gives the day."
  - { id: systems-2018/north-designated, type: StatusConferred, effective: 2017-06-15, data: { status: status/integrated-care-system, holder: system/north, wave: Wave 1 }, sources: [a-plan] }
  - { id: systems-2018/retitled, type: StatusRetitled, effective: 2018-02-02, data: { status: status/integrated-care-system, title: integrated care system, acronym: ICS }, sources: [a-plan] }
  - { id: systems-2018/south-designated, type: StatusConferred, effective: "2018", data: { status: status/integrated-care-system, holder: system/south, wave: Wave 2 }, sources: [a-weekly] }
  - id: systems-2018/north-renamed
    type: OrganisationRenamed
    effective: 2018-05
    data: { organisation: system/north, name: Greater Northshire }
    sources: [a-plan, a-weekly]
    dissent: [{ source: a-register, says: "Renamed “in June”", ruling: "The plan says May,\\nand was there." }]
  - { id: systems-2018/north-part, type: RelationshipBegan, effective: 2016-03-15, data: { relation: part-of, from: [ccg/east-northshire, ccg/west-northshire], to: system/north }, sources: [a-plan] }
  - { id: systems-2018/plan, type: PlanAnnounced, effective: 2019-01-07, data: { plan: plan/one-group-a-system, title: One group a system, promise: "Every system was to have one group.", expected: 2021-04-01, expects: [{ kind: integrated-care-board, each: status/integrated-care-system }] }, sources: [a-plan] }
`;

const MERGER = `
milestone: northshire-merger-2020
title: Two groups of Northshire merge
summary: On 1 April 2020 one group takes over from two.
recorded: 2026-11-21
themes: [commissioning, law]
events:
  - { id: northshire-merger-2020/begins, type: OrganisationEstablished, effective: { date: 2020-04-01, basis: legal }, data: { organisation: ccg/northshire, name: NHS Northshire CCG, kind: clinical-commissioning-group, codes: { ods: 15A, gss: E38000250 } }, sources: [{ source: northshire-order-2020, at: art. 2 }], because: systems-2018/plan }
  - { id: northshire-merger-2020/merged, type: OrganisationsReorganised, effective: { date: 2020-04-01, basis: legal }, data: { from: [ccg/east-northshire, ccg/west-northshire], to: [ccg/northshire], how: merger }, sources: [{ source: northshire-order-2020, at: "art. 3, Schedule" }, a-register], because: systems-2018/plan }
  - { id: northshire-merger-2020/east-ends, type: OrganisationAbolished, effective: { date: 2020-03-31, basis: legal, convention: last-day }, data: { organisation: ccg/east-northshire }, sources: [northshire-order-2020], because: northshire-merger-2020/merged }
  - { id: northshire-merger-2020/west-ends, type: OrganisationAbolished, effective: { date: 2020-03-31, basis: legal, convention: last-day }, data: { organisation: ccg/west-northshire }, sources: [northshire-order-2020], because: northshire-merger-2020/merged }
  - { id: northshire-merger-2020/part-of, type: RelationshipBegan, effective: 2020-04-01, data: { relation: part-of, from: ccg/northshire, to: system/north }, sources: [northshire-order-2020] }
`;

const DIVISION = `
milestone: boards-2022
title: Boards begin, and one group is divided
summary: On 1 July 2022 two boards take over; Southshire goes to both.
recorded: 2026-11-21
themes: [boards, law]
events:
  - { id: boards-2022/north, type: OrganisationEstablished, effective: { date: 2022-07-01, basis: legal }, data: { organisation: icb/north, name: NHS Northshire Integrated Care Board, kind: integrated-care-board, codes: { ods: QA1, gss: E54000201 } }, sources: [southshire-order-2022] }
  - { id: boards-2022/south, type: OrganisationEstablished, effective: { date: 2022-07-01, basis: legal }, data: { organisation: icb/south, name: NHS Southshire Integrated Care Board, kind: integrated-care-board, codes: { ods: QA2 } }, sources: [southshire-order-2022] }
  - { id: boards-2022/replaced, type: OrganisationsReorganised, effective: { date: 2022-07-01, basis: legal }, data: { from: [ccg/northshire], to: [icb/north], how: replacement }, sources: [southshire-order-2022] }
  - id: boards-2022/divided
    type: OrganisationsReorganised
    effective: { date: 2022-07-01, basis: legal }
    data: { from: [ccg/southshire], to: [icb/north, icb/south], how: division, shares: [{ from: ccg/southshire, to: icb/north, share: 0.25, of: population }, { from: ccg/southshire, to: icb/south, share: 0.75, of: population }] }
    sources: [{ source: southshire-order-2022, at: "art. 4(1)" }]
  - { id: boards-2022/northshire-ends, type: OrganisationAbolished, effective: { date: 2022-06-30, basis: legal, convention: last-day }, data: { organisation: ccg/northshire }, sources: [southshire-order-2022, a-register], because: boards-2022/replaced }
  - { id: boards-2022/southshire-ends, type: OrganisationAbolished, effective: { date: 2022-06-30, basis: legal, convention: last-day }, data: { organisation: ccg/southshire }, sources: [southshire-order-2022, a-register], because: boards-2022/divided }
  - { id: boards-2022/in-the-region, type: RelationshipBegan, effective: 2022-07-01, data: { relation: part-of, from: [icb/north, icb/south], to: region/the-shires }, sources: [a-register] }
  - { id: boards-2022/plan-met, type: PlanMet, effective: 2022-07-01, data: { plan: plan/one-group-a-system }, sources: [southshire-order-2022] }
`;

/** A small world of its own: two groups merge in 2020, one is divided in 2022, a system is renamed in a month and another formed on some day. */
export const STORY = {
  'sources.yaml': SOURCES,
  'coverage.yaml': COVERAGE,
  '2013-groups-2013.yaml': GROUPS,
  '2018-systems-2018.yaml': SYSTEMS,
  '2020-northshire-merger-2020.yaml': MERGER,
  '2022-boards-2022.yaml': DIVISION,
};

/** What there is to export of that world, all of it unless narrowed down. */
export async function storyMaterial(
  options: Parameters<Awaited<ReturnType<ReturnType<typeof given>['open']>>['material']>[0] = {},
): Promise<Material> {
  const machine = await given(STORY).open();
  return machine.material({ recordedBy: '2026-11-21', ...options });
}
