// Files that people bring: a small picture, a workbook. Made here, so that a story shows what is in them.
import { deflateSync } from 'node:zlib';

const TABLE = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n) >>> 0);
const crc = (bytes) => (bytes.reduce((c, byte) => TABLE[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** A grey picture with a stroke in it. */
export function png(size = 64) {
  const word = (value) => { const four = Buffer.alloc(4); four.writeUInt32BE(value); return four; };
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    return Buffer.concat([word(data.length), body, word(crc(body))]);
  };
  const row = (y) => Buffer.from([0, ...Array.from({ length: size }, (_, x) => (Math.abs(x - y) < 3 ? 0 : 255))]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', Buffer.concat([word(size), word(size), Buffer.from([8, 0, 0, 0, 0])])),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: size }, (_, y) => row(y))))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An archive whose files are stored as they are. */
function zip(files) {
  const entry = ([name, text], signature, offset) => {
    const [title, data] = [Buffer.from(name), Buffer.from(text)];
    const head = Buffer.alloc(signature === 0x04034b50 ? 30 : 46);
    head.writeUInt32LE(signature, 0);
    const at = signature === 0x04034b50 ? 4 : 6;
    head.writeUInt16LE(20, at);
    head.writeUInt32LE(crc(data), at + 10);
    head.writeUInt32LE(data.length, at + 14);
    head.writeUInt32LE(data.length, at + 18);
    head.writeUInt16LE(title.length, at + 22);
    if (signature === 0x02014b50) head.writeUInt32LE(offset, 42);
    return signature === 0x04034b50 ? Buffer.concat([head, title, data]) : Buffer.concat([head, title]);
  };
  let offset = 0;
  const offsets = [];
  const bodies = files.map((file) => {
    const body = entry(file, 0x04034b50);
    offsets.push(offset);
    offset += body.length;
    return body;
  });
  const index = Buffer.concat(files.map((file, n) => entry(file, 0x02014b50, offsets[n])));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, index, end]);
}

/** A workbook with one sheet of texts. */
export function xlsx(rows) {
  const xml = (text) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`;
  const safe = (text) => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const cell = (text, column, row) => `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${safe(text)}</t></is></c>`;
  const sheet = rows.map((row, r) => `<row r="${r + 1}">${row.map((text, c) => cell(text, c, r)).join('')}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const bundle = 'http://schemas.openxmlformats.org/package/2006';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zip([
    ['[Content_Types].xml', xml(`<Types xmlns="${bundle}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`)],
    ['_rels/.rels', xml(`<Relationships xmlns="${bundle}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)],
    ['xl/workbook.xml', xml(`<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`)],
    ['xl/_rels/workbook.xml.rels', xml(`<Relationships xmlns="${bundle}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)],
    ['xl/worksheets/sheet1.xml', xml(`<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`)],
  ]);
}
