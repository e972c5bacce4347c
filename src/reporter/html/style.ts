/** The looks of a page: light or dark as the reader's screen is, black on white on paper. Every colour of a drawing is named here. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--dim:#566273;--rule:#d8dde5;--paper:#fff;--soft:#f3f5f8;--edge:#0003;
--s0:#2563a8;--s1:#d1741f;--s2:#3f8f5b;--s3:#8456a3;--up:#2f8558;--down:#c2502e;--sum:#5a6b80}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--dim:#a3aebd;--rule:#39434f;--paper:#12171d;--soft:#1b222b;--edge:#000a;
--s0:#6fa8e8;--s1:#f0a35a;--s2:#7cc795;--s3:#c19bdc;--up:#6cc795;--down:#ef8a66;--sum:#93a3b8}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1,h2,.answer{overflow-wrap:break-word}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .2rem}
h2{font-size:1.15rem;margin:2.4rem 0 .6rem}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
p{margin:.4rem 0}
.dim,figcaption,caption{color:var(--dim);font-size:.875rem}
.answer{background:var(--soft);border-left:4px solid var(--s0);padding:.8rem 1rem;margin:1.2rem 0}
.answer p:first-child{font-size:1.2rem;font-weight:600}
dl{display:grid;grid-template-columns:minmax(9rem,16rem) 1fr;gap:.3rem 1rem;margin:0}
dt{color:var(--dim);overflow-wrap:normal}
dd{margin:0;overflow-wrap:anywhere}
dl dl{grid-template-columns:fit-content(10rem) 1fr}dl+dl{margin-top:.6rem}
.day{white-space:nowrap}
.scroll{overflow-x:auto;background:linear-gradient(90deg,var(--paper) 1rem,transparent 2rem) 0 0/3rem 100% no-repeat local,
linear-gradient(270deg,var(--paper) 1rem,transparent 2rem) 100% 0/3rem 100% no-repeat local,
linear-gradient(90deg,var(--edge),transparent) 0 0/.8rem 100% no-repeat,linear-gradient(270deg,var(--edge),transparent) 100% 0/.8rem 100% no-repeat}
table{border-collapse:collapse;font-size:.875rem;min-width:100%}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--rule);text-align:left;font-weight:400;vertical-align:top}
thead th{color:var(--dim);vertical-align:bottom;border-bottom:2px solid var(--rule)}
.n{text-align:right}tbody .n,tbody .d{white-space:nowrap;font-variant-numeric:tabular-nums}
tbody th,tbody td{overflow-wrap:break-word;max-width:16rem}tbody .w{min-width:min(14rem,50vw)}tbody .s{white-space:nowrap}
.hash{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.75rem;overflow-wrap:anywhere}
pre{background:var(--soft);padding:.8rem;overflow-x:auto;font-size:.8rem}
figure{margin:1rem 0}
svg{display:block;width:100%;min-width:34rem;height:auto}
svg text{fill:var(--ink);font-size:13px;font-family:inherit}
svg .dim{fill:var(--dim);font-size:12px}svg .field{font-size:12px}
svg .grid{stroke:var(--rule);stroke-width:1}
svg .axis{stroke:var(--dim);stroke-width:1}
.f0{fill:var(--s0)}.f1{fill:var(--s1)}.f2{fill:var(--s2)}.f3{fill:var(--s3)}.up{fill:var(--up)}.down{fill:var(--down)}.sum{fill:var(--sum)}
.l0,.l1,.l2,.l3{fill:none;stroke-width:2.5;stroke-linejoin:round}
.l0{stroke:var(--s0)}.l1{stroke:var(--s1);stroke-dasharray:7 4}.l2{stroke:var(--s2);stroke-dasharray:2 4}.l3{stroke:var(--s3);stroke-dasharray:10 3 2 3}
summary{cursor:pointer;color:var(--dim);font-size:.875rem}
.sign td{height:3.2rem}.sign th{white-space:nowrap}.sign thead th+th{width:26%}
@media (max-width:40rem){dl{grid-template-columns:1fr;gap:0}dl dl{grid-template-columns:fit-content(5.5rem) 1fr;gap:.2rem .8rem;font-size:.875rem}dd{margin-bottom:.5rem}dd dd{margin:0}h1{font-size:1.35rem}}
@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--rule:#bbb;--paper:#fff;--soft:#f3f5f8;--s0:#2563a8;--s1:#d1741f;--s2:#3f8f5b;--s3:#8456a3;--up:#2f8558;--down:#c2502e;--sum:#5a6b80}
body{font-size:11pt}main{max-width:none;padding:0}h2,h3{break-inside:avoid;break-after:avoid}figure,tr,.answer,.sign,dd:not(:has(dl)),table:not(:has(tr:nth-child(16))){break-inside:avoid}thead{break-after:avoid}
.scroll{overflow:visible;background:none}svg{min-width:0;max-height:240mm}table{font-size:9pt}th,td{padding:.2rem .35rem}tbody th,tbody td{max-width:12rem}tbody .h{overflow-wrap:anywhere}tbody .w{min-width:0}.new{break-before:page;margin-top:0}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details{display:none}}
@page{margin:16mm}
`;
