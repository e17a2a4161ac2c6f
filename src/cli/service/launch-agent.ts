import { launchAgentLabel } from '../../models/service-file.ts';
import type { ServiceProgram } from './service-program.ts';

/** A launchd agent (launchd.plist(5)) that runs the agent from login on, and again after a failure. */
export function launchAgent({ program, environment }: ServiceProgram): string {
  const strings = [...program, 'agent'].map((word) => `    <string>${escaped(word)}</string>\n`);
  const variables = Object.entries(environment).map(
    ([name, value]) => `    <key>${name}</key>\n    <string>${escaped(value)}</string>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${launchAgentLabel}</string>
  <key>ProgramArguments</key>
  <array>
${strings.join('')}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${variables.join('')}  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
</dict>
</plist>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
