import { expect, it } from 'vitest';
import { layoutMessage } from '../../src/store/message-layout.js';

it.each([
  ['one line', 'Subject\n', '    Subject\n'],
  ['blank lines at both ends', '\n \n\nSubject\n\nBody\n\n\t\n', '    Subject\n    \n    Body\n'],
  ['trailing blanks', 'Subject \t\r\nBody  \n', '    Subject\n    Body\n'],
  ['no newline at the end', 'Subject', '    Subject\n'],
  ['leading blanks stay', '  Subject\n', '      Subject\n'],
  ['a tab goes to the next stop of 8', 'a\tb\n\tc\n', '    a       b\n            c\n'],
  ['tabs count letters, not bytes', 'é\tb\n', '    é       b\n'],
  ['wide letters count two', '日本\tb\n', '    日本    b\n'],
  ['a control character stops the expanding', 'a\tb\u0001\tc\td\n', '    a       b\u0001\tc\td\n'],
  ['nothing', '', ''],
  ['only blanks', ' \n\n\t\n', ''],
  ['NUL and quotes are letters', "a\0b'; DROP TABLE scmlog; --\n", "    a\0b'; DROP TABLE scmlog; --\n"],
])('%s', (_, message, laidOut) => {
  expect(layoutMessage(message)).toBe(laidOut);
});
