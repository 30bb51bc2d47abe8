/**
 * The XDG autostart entry (`~/.config/autostart/*.desktop`) that starts a program when a person signs in.
 *
 * Rules of the Exec key: Desktop Entry Specification 1.5, "The Exec key": each argument in double quotes with
 * `"`, backtick, `$` and `\` escaped, `%` doubled, and `\` doubled once more as in any string value.
 */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Roost',
    'Comment=Receives photos from your phone',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

function quoted(argument: string): string {
  const inner = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inner.replaceAll('\\', '\\\\')}"`;
}
