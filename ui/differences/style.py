"""The style of differences in HTML: light, readable from 1280 pixels, and on paper."""

STYLE = """
.difference { font: 16px/1.7 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Songti SC", serif; color: #1d1d1f; max-width: 1400px;
  margin: 0 auto; padding: 24px; }
.difference h1 { font-size: 24px; margin: 0 0 4px; }
.difference h2 { font-size: 16px; margin: 14px 0 2px; }
.difference .legend, .difference small { color: #5f6368; font-size: 14px; }
.difference .summary { background: #f6f7f9; border: 1px solid #dfe2e7; border-radius: 6px; padding: 8px 20px 16px; margin-bottom: 20px; }
.difference .summary ul { margin: 0; padding-left: 22px; }
.difference .count { font-weight: bold; margin: 8px 0 0; }
.difference .warning { color: #8a4b00; margin: 4px 0 0; }
.difference a { color: inherit; text-decoration: underline dotted #8a8f98; text-underline-offset: 4px; }
.difference .row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 20px; border-bottom: 1px solid #eceef1; }
.difference .row > div { padding: 6px 10px; white-space: pre-wrap; overflow-wrap: anywhere; text-align: justify; }
.difference .names { position: sticky; top: 0; background: #fff; font-weight: bold; border-bottom: 2px solid #c9cdd3; }
.difference .title { font-size: 19px; font-weight: bold; text-align: center !important; }
.difference .heading { font-weight: bold; }
.difference .signature, .difference .date { text-align: right !important; }
.difference .none { background: repeating-linear-gradient(135deg, #f3f4f6 0 6px, #fff 6px 12px); }
.difference ins { background: #dff3e3; color: #0b5125; text-decoration: underline 2px; text-underline-offset: 4px; }
.difference del { background: #fbe3e4; color: #8c1620; text-decoration: line-through; }
.difference :target { outline: 3px solid #f0a500; scroll-margin-top: 80px; }
.difference [id] { scroll-margin-top: 80px; }
.difference .moved { margin: 10px 0 0; padding: 4px 10px; background: #e8effb; color: #173b75; font-size: 14px; }
.difference .badge { background: #e8effb; color: #173b75; font-size: 12px; border-radius: 4px; padding: 1px 6px; margin-right: 6px;
  font-weight: normal; }
.difference details > summary { color: #5f6368; font-size: 14px; padding: 6px 10px; cursor: pointer; border-bottom: 1px solid #eceef1; }
@media print {
  .difference { font-size: 10.5pt; max-width: none; padding: 0; }
  .difference .names { position: static; }
  .difference .row { break-inside: avoid; }
  .difference ins, .difference del, .difference .summary, .difference .moved { background: none; }
}
"""
