import type { Subject } from '../alarms/find-subjects.ts';
import { makeDashboards } from '../dashboards/make-dashboards.ts';
import { cloudWatchBody } from '../dashboards/render-cloudwatch.ts';
import { replaceMarked } from './marked-block.ts';

/** From the root. */
export const dashboardsFile = 'infra/dashboards.yaml';

const marks = {
  file: dashboardsFile,
  begin: '# Dashboards: written by `npm run aviary -- generate`',
  end: '# End of dashboards',
  what: 'the dashboards',
};

/** infra/dashboards.yaml with the dashboards of what the templates have, between its marks. */
export function renderDashboards(text: string, subjects: readonly Subject[]): string {
  const blocks = makeDashboards(subjects).map((dashboard) => {
    const body = JSON.stringify(cloudWatchBody(dashboard), null, 1).replace(/^/gm, '      ');
    return `${dashboard.name.replace(/^./, (first) => first.toUpperCase())}:
  Type: AWS::CloudWatch::Dashboard
  Properties:
    DashboardName: !Sub \${App}-${dashboard.name}-\${Stage}
    DashboardBody: !Sub |
${body}
`;
  });
  return replaceMarked(text, marks, blocks.join(''));
}
