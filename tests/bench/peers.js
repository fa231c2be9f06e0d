// Run by compare --peers: node peers.js recognizers|chrono FILE. Prints {"version","mb_per_s","found"}.
const fs = require('fs');

const makers = {
  recognizers: () => {
    const suite = require('@microsoft/recognizers-text-suite');
    const culture = suite.Culture.German;
    return (text) =>
      suite.recognizeCurrency(text, culture).length + suite.recognizeDateTime(text, culture).length;
  },
  chrono: () => {
    const chrono = require('chrono-node');
    return (text) => chrono.de.parse(text).length;
  },
};
const packages = {recognizers: '@microsoft/recognizers-text-suite', chrono: 'chrono-node'};

const [name, file] = process.argv.slice(2);
const text = fs.readFileSync(file, 'utf8');
const find = makers[name]();
find('Am 3. Mai 2025 kostete es 5 Euro.');  // compiles
const begin = process.cpuUsage();
let found = 0;
for (const line of text.split('\n'))
  if (line) found += find(line);
const used = process.cpuUsage(begin);
const seconds = (used.user + used.system) / 1e6;
const manifest = JSON.parse(fs.readFileSync(`node_modules/${packages[name]}/package.json`, 'utf8'));
console.log(JSON.stringify({version: manifest.version, mb_per_s: Buffer.byteLength(text) / 1e6 / seconds, found}));
