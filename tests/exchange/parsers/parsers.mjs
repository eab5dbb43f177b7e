// A calendar file, as ical.js and node-ical read it: what stands there of each event, for a test in Python to compare.
import {readFileSync} from 'node:fs';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const text = readFileSync(0, 'utf8');
const calendar = new ICAL.Component(ICAL.parse(text));
const icaljs = calendar.getAllSubcomponents('vevent').map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    first: event.startDate.toString(),
    is_date: event.startDate.isDate,
    status: component.getFirstPropertyValue('status'),
    sequence: component.getFirstPropertyValue('sequence'),
    alarms: component.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
  };
});
const pad = (number) => String(number).padStart(2, '0');
const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
const node = Object.values(nodeIcal.sync.parseICS(text))
  .filter((each) => each.type === 'VEVENT')
  .map((event) => ({
    uid: event.uid,
    summary: event.summary?.val ?? event.summary,
    first: day(event.start),
    is_date: event.datetype === 'date',
    status: event.status ?? null,
    sequence: Number(event.sequence),
    alarms: (event.alarms ?? []).map((alarm) => alarm.trigger?.val ?? alarm.trigger),
  }));
process.stdout.write(JSON.stringify({'ical.js': icaljs, 'node-ical': node}));
