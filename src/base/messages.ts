/**
 * Every message of the program, its exit code and its remedy, in one place. `{name}` is filled from the values of the error.
 * `{name|word|words}` is the one word where that value is 1, else the other.
 * E1 usage · E2 data · E3 model · E4 files and devices, from E441 servers · E5 our bugs · W warnings.
 * Exit codes: 1 a check failed, 2 usage, 65 bad data, 66 no input, 70 our bug, 73 cannot create output, 74 I/O, 75 busy, 78 config.
 */
export interface Message {
  readonly exit: number;
  readonly text: string;
  readonly remedy: string;
}

const usage = (text: string, remedy: string): Message => ({ exit: 2, text, remedy });
const data = (text: string, remedy: string): Message => ({ exit: 65, text, remedy });
const other = (exit: number, text: string, remedy: string): Message => ({ exit, text, remedy });

export const MESSAGES = {
  E101: usage('{option} {value}: {problem}', '{remedy}'),
  E102: usage('no column for the {what}: found {columns}', 'name it: {options}'),
  E103: usage('{count} columns could be the {what}: {columns}', 'say which: {options}'),
  E104: usage('the header can be read with {count} delimiters: {delimiters}', 'say which: {options}'),
  E105: usage(
    'there is no column "{column}" in the transactions: found {columns}',
    'use one of those names with {option}{hint}',
  ),
  E106: usage('no purchase on or before the as-of date {date}: the first is on {first}', 'use {first} or later'),
  E107: usage('a lifetime without discounting has no finite value here', 'give {option} above 0, or a --horizon'),
  E108: usage('column "{column}" is asked for as {first} and as {second}', 'give each option a column of its own'),
  E109: usage('no section "{section}" in this report: it has {sections}', 'use one of those with --section{hint}'),
  E110: usage(
    'column "{column}" cannot segment: the output has a column of that name',
    'rename the column in the file',
  ),
  E122: usage('{option} does not go with {other}', '{remedy}'),
  E123: usage('{what} is missing', '{remedy}'),
  E113: usage(
    '{option} {file} is the same file as {other} {other_file}',
    'write to another file: an input is never overwritten',
  ),
  E111: usage('{option} and {other} exclude each other', 'give one of them'),
  E112: usage('{option} has no meaning without {other}', 'give both or none'),

  E114: usage(
    'the as-of date {date} is {years} years after the first transaction, {first}: at most {limit} can be valued',
    'give a date nearer to the data',
  ),
  E115: usage(
    '{what} cannot be written as Parquet: only the lists of clv compute, of transactions in files',
    'choose another format: json, ndjson, csv, markdown or table',
  ),
  E116: usage('{format} is written to a file only', 'give the file: -o clv.{format}'),
  E117: usage(
    'the columns "{first}" and "{second}" differ in capitals only: who reads Parquet takes them for one',
    'rename the column in the file, or write CSV',
  ),
  E118: usage('{option} is given more than once', 'give it once'),
  E119: usage('{option} -: standard input is for transactions alone', 'give a file, or ./- if that is its name'),
  E121: usage(
    'a lifetime has no finite value: retention {retention} × (1 + growth {growth}) is not below 1 + discount rate {discount} a period',
    'give a --horizon, a higher --discount-rate or less growth',
  ),

  E124: usage('{problems}: found {columns}', 'say which: {options}'),
  E125: usage(
    'whom to explain is not said: --customer {customer} names the column of the ids, as in every command',
    'if {customer} is the customer, write --id {option}; else add --id ID',
  ),
  E126: usage(
    'the opening date {from} is before the first transaction, on {first}: there is nothing to open with',
    'give a later --from, with enough customers before it to fit, or {first} or later with --use-model FILE',
  ),
  E127: usage('the opening date {from} is not before the closing date {to}', 'exchange --from and --to, or move one'),
  E131: usage('there is no customer "{customer}" in the transactions', '{remedy}'),
  E132: usage('customer "{customer}" has no value: {reason}', '{remedy}'),

  E133: usage(
    'there is no layout "{layout}": there are {layouts}',
    'use one of those, or the file of your own: --layout ./mine.json{hint}',
  ),
  E134: usage(
    'the amount "{text}" cannot be worked out: {problem}',
    "write it like --amount 'Total - Refunded', 'Quantity * Price' or 'first(A, B)'; a name with marks in it stands in [brackets]",
  ),
  E135: usage('--net: {what} has no net amount', "leave it out, or say it by columns: --amount 'Total - Tax'"),
  E136: usage(
    '{option} needs the column of the currency, and {count} columns are called so: {columns}',
    'name it: --currency-column COLUMN',
  ),
  E143: other(
    1,
    'stopped by --fail-on: {warnings}; nothing is written',
    'cure what these warnings tell, or leave them out of --fail-on',
  ),

  E148: usage(
    'the {what} of a market that includes us, {total}, is below ours, {ours}',
    'correct it, or leave out --includes-us if it is that of the others alone',
  ),
  E149: usage('no brand "{us}" in {file}: it has {brands}', 'name one of those with --us, or leave it out{hint}'),

  E161: usage(
    '--period {period} leaves nothing to compare: the data up to the as-of date are from {first} to {last}',
    'give a shorter --period, or leave it out',
  ),
  E162: usage('--every {every} makes {periods} calendar periods: at most {limit}', 'use a longer one'),

  E151: usage('--set {text} is not a driver and its change', 'write it like --set dropout=-1%, with one of {drivers}'),
  E152: usage('--set {text}: there is no driver "{driver}"', 'use one of {drivers}{hint}'),
  E153: usage(
    '--set {driver} is given twice',
    'give each driver once: all --set make one scenario; for several there is --scenarios FILE',
  ),
  E154: usage('--set retention {problem}', '{remedy}'),
  E155: usage('--set {driver}={text} {problem}', '{remedy}'),

  E201: data('amount "{text}" is not a number', 'correct it, or take the row out with --max-rejects'),
  E202: data('amount "{text}" has more than {digits} decimals', 'round them all with --round-amounts 2, or correct it'),
  E203: data(
    'amount "{text}" has more than {digits} digits before the decimal mark',
    'correct it, or use larger units',
  ),
  E204: data(
    'amounts like "{text}" can be read in two ways: the mark may be decimal or group thousands',
    'say which: --decimal-mark . or --decimal-mark ,',
  ),
  E205: data(
    'two currencies in one column: {first} and {second}',
    'where a column holds the code of the currency: --only-currency CODE, or --rates FILE; else split the export',
  ),
  E206: data(
    'amount "{text}" does not fit the decimal mark "{mark}" of the column',
    'correct it, or give --decimal-mark',
  ),
  E207: data(
    '{count} {count|order has|orders have} no line with an amount: the first is {column} "{order}"',
    'fill in {amount}, or leave these lines out: --where {where}',
  ),
  E211: data('date "{text}" does not fit the format {format}', 'correct it, or give --date-format{fitting}'),
  E212: data('date "{text}" does not exist', 'correct it{instead}'),
  E213: data('dates like "{text}" fit {count} formats: {formats}', 'say which: {options}'),
  E214: data(
    'date "{text}" has an offset, so its day depends on the zone',
    'name the zone of your books: --timezone ZONE{example}; or take the days as written: --date-format {written}',
  ),
  E215: data(
    'the dates span {years} years, from {first} to {last}: at most {limit} can be valued',
    'correct the first or the last date, or give --as-of',
  ),
  E216: data(
    'date "{text}" ends with a word for a zone that is not known, or means several',
    'take the days as written, without --timezone: --date-format {written}',
  ),
  E217: data(
    'dates like "{text}" are numbers: perhaps the days that a spreadsheet counts',
    'say so: --date-format excel ({date}), or --date-format excel-1904 ({date1904}); or export them as dates',
  ),
  E218: data(
    'the date is blank',
    'correct it; or count such rows apart: --where {where}; or where the table ends with them: --stop-at {stop}',
  ),
  E219: data(
    'the header stands here again, as in files that were put together',
    'take it out, or count it apart: --where {where}',
  ),
  E220: data(
    '{records} {records|row|rows} that {records|is|are} taken away {records|has an amount|have amounts} below zero already, so that {money} would be added',
    'leave out --minus for them: a minus in the amount takes away by itself; where others have none, correct these; if it is meant so: --as-is refunds',
  ),
  E221: data(
    'the customer id is blank',
    "correct it, name another column for such rows: --customer 'A|B', or count them apart: --where '{column}!='",
  ),
  E222: data('two layouts know this header: {layouts}', 'say which: {options}, or --layout none'),
  E223: data(
    'this is not what the layout {layout} describes: {missing} missing; found {columns}',
    'leave --layout out, or describe the file by options',
  ),
  E224: data(
    'a row of data stands above the header: the file was sorted, or joined from others, as text',
    'put the header first, or leave what stands above it out of the file',
  ),
  E225: data('the layout cannot be used: {problem}', '{remedy}'),
  E226: data(
    'the dates leave out the year, and line {line}, field {field} does not tell when it begins: "{text}"',
    'export again with its first line, or give the dates their year',
  ),
  E227: data(
    'the year of date "{text}" is outside {years}',
    'correct it, or take all years as they are written: --calendar gregorian{buddhist}',
  ),
  E228: data(
    'years of two calendars in one column: "{first}" is {one}, "{second}" ({where}) is {other}',
    'correct what is wrong, or say which it is: {options}',
  ),
  E229: data(
    'dates like "{text}" are of the lunar Hijri calendar, whose months follow the moon: no rule tells their Gregorian days',
    'export them in the Gregorian calendar; if they are of another: --calendar persian or --calendar gregorian',
  ),
  E230: data(
    'the month of date "{text}" is one month in one language and another in another',
    'export months as numbers, e.g. YYYY-MM-DD',
  ),
  E231: data('the file is empty', 'export it again with its header'),
  E232: data('the file has a header and no line below it', 'export it again, or fill it in'),
  E233: data(
    'the record has {found} {found|field|fields}, the header has {expected}',
    'correct it: a field with the delimiter in it must stand in quotes',
  ),
  E234: data('a quote is opened here and never closed', 'close it; a quote inside a quoted field is written twice'),
  E235: data('text after a closing quote, or a quote inside a field without quotes', '{remedy}'),
  E236: data('a NUL byte', '{remedy}'),
  E237: data('byte {byte} is not valid {encoding}', '{remedy}'),
  E238: data(
    '{what} is larger than the limit of {limit}',
    'look for an unclosed quote above; no transaction export needs more',
  ),
  E239: data('the header differs from that of {first}', 'give files of one export: the same columns in the same order'),
  E240: data('the same content as {first}', 'name each file once'),
  E241: data('{rejected} of {records} {records|record|records} cannot be read', '{remedy}'),
  E242: data('column "{column}" holds {type}, which cannot be the {what}', 'export it as {remedy}'),
  E243: data('not a Parquet file that can be read: {detail}', 'export or copy it again'),
  E244: data('the gzip compression is damaged or cut off', 'export or copy it again'),
  E245: data('it unpacks to more than {limit} times its size', 'if that is right, unpack it and give the file in it'),
  E246: data(
    'column "{column}" holds {type}: instants, whose day depends on the zone',
    'name the zone of your books: --timezone Europe/Berlin',
  ),
  E247: data('this is {what}', '{remedy}'),
  E248: data('the archive {problem}', '{remedy}'),
  E249: data(
    'the archive holds files of several kinds: {kinds}',
    'unpack it and name the files, all of them or those of one kind',
  ),
  E250: data(
    'sheet "{sheet}", cell {cell}: a formula without its value',
    'open the workbook in a spreadsheet program and save it there, which computes the values',
  ),
  E251: data(
    'no margin for {count} {count|combination|combinations} of {columns}: {keys}',
    'add them to the margins file, or give the others a default with --margin',
  ),
  E252: data(
    '{count} {count|transaction matches|transactions match} two rows equally well: lines {lines}',
    'add a row with all the keys of both',
  ),
  E253: data('the period overlaps that of line {line} with the same keys', 'end one before the other begins'),
  E254: data('{column} "{text}": {problem}', '{remedy}'),
  E255: data('{problem}: found {columns}', '{remedy}'),
  E256: data(
    'no retention for {count} {count|segment|segments}: {segments}',
    'add them to the retention file, with the columns of --by and retention{hint}',
  ),
  E257: data(
    'customers in the costs file with no transaction: {customers}',
    'correct the ids: costs belong to customers of the transactions',
  ),
  E261: data('the model file is not JSON', 'give what --save-model or --format json wrote'),
  E262: data('the model file cannot be used: {problem}', 'give what --save-model or --format json wrote'),
  E264: data('no sheet "{sheet}" in the workbook: it has {sheets}', 'use one of those names with --sheet'),
  E265: data('the archive holds "{member}" {how}', 'do not unpack it before you know why; export it again'),
  E266: data(
    'the workbook cannot be read: {problem}',
    'open it in a spreadsheet program and save it again, or save the sheet as CSV',
  ),

  E301: data(
    '{customers} {customers|customer|customers}, {repeat} of them with a repeat purchase: too few to fit {model} (at least {min_customers} and {min_repeat})',
    'use a longer period or more customers',
  ),
  E302: data('the fit of {model} did not converge: {detail}', 'use a longer period; check the dates with --as-of'),
  E303: data(
    'the fit of {model} ran to the edge of its parameters: {detail}',
    'the data do not tell how these customers differ: use a longer period, and an as-of date near the last purchases',
  ),
  E304: data(
    '{repeat} {repeat|customer|customers} with a repeat purchase and a positive mean margin: too few to fit {model} (at least {min_repeat})',
    'check the sign of the amounts and the margins',
  ),
  E307: data('the data do not suffice for {model} ({code}) {detail}', '{remedy}'),
  E308: data('the customers as of {date}{which} cannot be valued ({code}): {reason}', '{remedy}'),
  E309: data(
    'nobody has bought anything by then: there is no customer to value',
    "use a later date; or where sales have a minus, turn the signs: --minus 'DATE=*' with the column of the date",
  ),
  E313: data(
    'a lifetime has no end: by {model}, what the model tends to here, {takes}',
    'give a span of time, e.g. --horizon 3y; a longer period may tell who stops',
  ),
  E311: data(
    '{customers} {customers|customer|customers}, {ended} of them gone, over {periods} {periods|renewal|renewals}: too few to fit {model} (at least {min_customers}, {min_ended} and {min_periods})',
    'use more customers or a longer time, or one rate for all with --model retention',
  ),
  E315: data(
    'payments of a customer are {gap} {gap|day|days} apart (median): that does not fit a period of {contract}',
    '{remedy}',
  ),
  E316: data(
    '{second} of {payments} payments {second|is|are} not the first of {second|its|their} period of {contract}: these are not payments of a subscription',
    'use a shorter --contract, or leave it out to value purchases',
  ),
  E312: data(
    'none of {customers} {customers|customer|customers} has come to a renewal: there is no rate to estimate',
    'give one with --retention RATE, or use a longer time',
  ),
  E305: data(
    '{failed} of {resamples} bootstrap refits found no optimum',
    'the data hardly tell the parameters: use a longer period, or --interval covariance',
  ),
  E306: data(
    'the group {group} cannot be fitted by {model} on its own ({code})',
    'leave its column out of --fit-by, or value such groups by the models of all customers with --pool-small',
  ),

  E271: data(
    '"{name}" is us: our own figures come from the transactions',
    'take the line out, or say what we are called with --us',
  ),
  E272: data(
    'the row of "{brand}" sums to {sum}, not to 1',
    'give chances that sum to 1 (or to 100%), or counts, in every row',
  ),
  E273: data('brand "{brand}" {problem}', 'give every brand one line and one column of the same name'),
  E274: data(
    '"{name}" has {how}',
    'give each competitor one of equity, average_clv, or margin and retention (and growth)',
  ),
  E276: data(
    'a lifetime has no finite value: retention {retention} × (1 + growth {growth}) is not below 1 + discount rate {discount} a period',
    'correct the line, or give a --horizon or a higher --discount-rate',
  ),
  E277: data(
    'the row of "{brand}" holds counts, that of "{other}" shares',
    'give shares in every row, those in percent with their %, or counts in every row',
  ),
  E275: data(
    'which brand was last bought is not given, and the brands have no one steady state that could stand for it',
    'add the column last_bought',
  ),

  E281: data(
    'no record is a transaction: of {records}, {apart}',
    'see what the columns hold with clv inspect, and choose other rows or columns',
  ),
  E282: data(
    'a row after the end of the table',
    'give each export as a file of its own, or say where the table ends: --stop-at COLUMN=VALUE',
  ),
  E283: data(
    'the lines of {column} "{order}" have different amounts, customers or dates, or differ in what says whether they count',
    'give only the newest export of this order; where each line has an amount of its own: --lines parts',
  ),
  E284: data('"{id}" stands for itself: {chain}', 'break the circle'),
  E285: data('two rates of {currency} for one day', 'end one before the other begins'),
  E286: data(
    '{column} has values that nobody has listed: {values}',
    '{options}; or add the values to a layout of your own: clv inspect FILES --draft-layout FILE',
  ),
  E287: data(
    'no rate of {currency} for {records} {records|row|rows} from {first} to {last}',
    'add it to the rates file, or leave out the currency: --where {where}',
  ),
  E288: data(
    '{column} "{key}" stands twice with different content',
    'give only the newest export of it; where its rows are lines of one order, name that: --order COLUMN',
  ),
  E289: data('{title}: {reason}', '{remedy}'),
  E290: data(
    '{quantity} is below zero in {records} {records|row|rows} in which {column} is above it ({money})',
    'if these are returns, take them away: --minus {option}; or if {column} is right: --as-is price',
  ),
  E291: data(
    '{column} holds {count} currencies: {values}',
    'value one at a time: --only-currency {option}; or convert: --rates FILE (currency, rate); or if the amounts are in one currency all the same: --as-is currency',
  ),
  E292: data('rows would count as sales though {column} says {values}', '{options}'),
  E293: data(
    '{column} is not nothing in {records} {records|row|rows} ({money}), and the amount, {amount}, does not use it',
    '{options}',
  ),
  E294: data(
    'the amount would be {column}, and {quantity} beside it is not 1 in {records} {records|row|rows} ({money}): it looks like the price of one piece',
    'multiply: --amount {expression}; or if it is the amount of the whole row: --as-is price',
  ),
  E295: data(
    '{column} is the same on all lines of {orders} of {all} {all|order|orders} by {order} with several lines ({records} records): {counted} if each line counts, {once} if each order does',
    'if it is the total of the order: --order {option} --lines total; if each line has it for itself: --order {option}',
  ),
  E296: data(
    'there is {column} beside {unique}: one of them may name the order and not the person',
    'say which: --customer {unique}, or --customer {column}',
  ),
  E297: data('{column} names nobody: {ids}', 'count them apart: {where}; or if they are customers: --as-is ids'),
  E298: data(
    '{ids} {ids|id|ids} of {column} {ids|has|have} lost their digits in a spreadsheet, like "{example}" ({records} {records|record|records}, {amount})',
    'export again without opening it there, or with the column as text; or if the ids are so: --as-is ids',
  ),
  E299: data(
    '{records} {records|record|records} ({money}) {records|is equal to another|are equal to others} with the same {column}: the same rows twice',
    'drop and count them: --once {option}; if they are lines of one order: --order {option}; if all count: --as-is repeats',
  ),

  E401: other(66, 'no such file', 'check the path{hint}'),
  E402: other(66, 'this is a directory', 'name the file in it'),
  E404: other(66, 'no file of transactions in this directory: {endings}', 'name the files in it'),
  E405: other(
    66,
    'this directory has files of several kinds: {kinds}',
    'name the files, all of them or those of one kind, e.g. {example}',
  ),
  E403: other(66, 'cannot be read: {detail}', 'check its permissions'),
  E411: other(73, 'cannot create the output: {detail}', 'check that the folder exists and can be written'),
  E412: other(
    73,
    'cannot make a working directory in {folder}: {detail}',
    'set TMPDIR to a folder that can be written',
  ),
  E421: other(
    74,
    'writing failed: {detail}',
    'free some space or choose another place (TMPDIR for working files); the old file is as it was',
  ),
  E422: other(74, 'reading failed: {detail}', 'check the disk, then run again'),
  E441: usage(
    'the address of the table {problem}',
    'write it as clickhouse://user@host:8123/database/table, with ?cluster=NAME where each shard holds a part; the password goes into CLICKHOUSE_PASSWORD',
  ),
  E442: other(
    66,
    '{server} does not answer: {detail}',
    'check host and port: those of HTTP, usually 8123, or of clickhouse+https://, usually 8443',
  ),
  E443: other(
    78,
    '{server} does not let the user "{user}" in',
    'check the user in the address, and the password in CLICKHOUSE_PASSWORD',
  ),
  E444: other(
    66,
    'not there, or "{user}" may not see it: {detail}',
    'check the database, the table and the cluster in the address, and that the table is on every shard',
  ),
  E445: other(
    78,
    'the user "{user}" may not do that on {server}: {detail}',
    'grant SELECT on the table, CREATE ARBITRARY TEMPORARY TABLE and TABLE ENGINE ON MergeTree, REMOTE for ?cluster=, and for --into CREATE TABLE, INSERT, SELECT and DROP TABLE on its database, on every shard; SELECT on system.tables, columns, clusters and one where the server wants that granted',
  ),
  E446: data('a cost has a date outside of what ClickHouse holds, 1970-01-01 to 2149-06-06', 'correct it'),
  E447: other(
    74,
    'a part of the cluster does not answer: {detail}',
    'run again when every shard is back: nothing is computed from the others alone',
  ),
  E448: other(74, 'the connection to {server} is lost: {detail}', 'run again: nothing of this run is left there'),
  E449: other(
    74,
    '{server} stopped at a limit of its own: {detail}',
    'raise the limit of the user, or free what is used up',
  ),
  E450: data('rows of the table {problem}: {count}', '{remedy}; they are found by: {query}'),
  E452: data(
    'column "{column}" is {type}, which cannot be the {what}',
    'name another, or a view that gives it as {remedy}',
  ),
  E453: other(66, 'the table has no rows', 'check the address'),
  E454: other(
    75,
    'the table changed while it was read',
    'run again when loading has finished, or read a view of a period that is closed',
  ),
  E455: other(
    78,
    '{server} cannot do what is needed: {detail}',
    'it may be too old (26.7 is what was tried), or be set up to forbid this',
  ),
  E456: other(74, '{server} failed with its code {code}: {detail}', 'look it up in the log of the server'),
  E457: usage(
    '{table} cannot be replaced by the results: {problem}',
    'name a table that is not there yet, one that clv compute --into wrote with the same columns, or a Distributed table over such on every shard',
  ),
  E458: other(
    74,
    'the rows written for {table} are not those that were computed: {held} instead of {wanted}',
    'run again: the table is as it was; a TTL of it may have dropped rows',
  ),
  E459: other(
    78,
    'a shard of the cluster {cluster} is not reached by HTTP: {detail}',
    'let this machine reach the HTTP port of every shard, by its name in the cluster, or name a table that is not Distributed',
  ),
  E460: other(
    74,
    '{table} may hold rows of two runs: {problem}',
    'run again when every shard is back: all parts are replaced then',
  ),
  E431: other(75, 'the file changed while it was read', 'run again when the export has finished'),
  E432: other(75, 'another run is writing this output (lock {lock})', 'wait for it, or remove the lock if it is gone'),
  E500: other(
    70,
    'internal error: {detail}',
    'this is a bug in clv, not in your data: please report it with the command',
  ),
  E501: other(
    70,
    'the ledger counted {ledger}, the reader {reader} ({what}): nothing is printed',
    'this is a bug in clv, not in your data: please report it with the file',
  ),

  W301: other(
    0,
    'the last date {last} is {gap} days after the one before it: a typo there would move the as-of date',
    'give --as-of',
  ),
  W302: other(
    0,
    '{share} of the first purchases fall in the first {days} days: these customers may be older than the file',
    'export from an earlier date, or expect too low a dropout',
  ),
  W303: other(
    0,
    '{count} of {customers} {customers|customer|customers} changed {count|its|their} segment: each counts in that of the {from} transaction',
    '',
  ),
  W304: other(
    0,
    '{count} {count|customer has|customers have} a mean margin of zero or less: left out of the spend fit and valued by the same formula',
    '',
  ),
  W305: other(
    0,
    'frequency and mean margin correlate by {correlation}{where}: the spend model assumes they do not',
    '',
  ),
  W306: other(
    0,
    '{rejected} of {records} {records|record|records} {rejected|is|are} left out: the first is {file}:{line}',
    '{remedy}',
  ),
  W307: other(0, 'the spend cannot be fitted, so no margin is predicted: {reason}', ''),
  W321: other(
    0,
    'one retention rate {retention} gives {equity}; where customers differ (sbg) it is {differing}: {gap}{share} {direction}',
    'use --model sbg',
  ),
  W308: other(0, 'no interval of customer equity: {reason}', 'give --interval none where none is wanted'),
  W322: other(
    0,
    '{customers} {customers|customer|customers} came back after {customers|its|their} subscription had ended: {runs} earlier {runs|run is|runs are} left out, tenure counts from the last start',
    '',
  ),
  W323: other(
    0,
    '{second} of {payments} payments {second|is|are} not the first of {second|its|their} period: counted as money, not as renewals',
    '',
  ),
  W313: other(
    0,
    'the likelihood of {model} is highest at an edge of its parameters, where {takes}{where}: valued by its limit there, {limit}',
    'intervals hold no doubt across that edge; a longer period may tell more',
  ),
  W314: other(
    0,
    'nobody is seen to stop buying, so a lifetime has no end: valued within {horizon}',
    'give the span of time to value: --horizon SPAN',
  ),
  W331: other(
    0,
    'some brands never lose their customers to others: the steady state depends on which brand was last bought',
    '',
  ),
  W332: other(
    0,
    'how often customers buy is not given: one purchase a customer and year is taken, on which equity and shares depend',
    'give --purchases-per-year',
  ),
  W333: other(
    0,
    'which brand was last bought is not given: {instead} stand for it',
    'add the column last_bought to the switching file',
  ),
  W361: other(
    0,
    '{records} {records|record|records} ({amount}) {records|stands|stand} in two files: the first is {file}:{line}',
    'give files that do not overlap, or the column that tells transactions apart: --once COLUMN; if they are different sales: --as-is repeats',
  ),
  W362: other(
    0,
    '{ids} ids are {groups} e-mail {groups|address|addresses} in several spellings, like "{first}" and "{second}": each is a customer of its own',
    'make them one: --fold-email',
  ),
  W363: other(
    0,
    '{ids} ids are {groups} {groups|number|numbers} in several spellings, like "{first}" and "{second}": each is a customer of its own',
    'make them one: --fold-ids',
  ),
  W364: other(
    0,
    '{ids} ids are {groups} {groups|id|ids} but for what no one sees, like "{first}" and "{second}": each is a customer of its own',
    'make them one: --fold-ids',
  ),
  W365: other(
    0,
    'the amounts add up to {amount}, less than nothing: perhaps sales have a minus in this file',
    'if so, turn the signs: --minus {option}',
  ),
  W371: other(
    0,
    'amounts like "{text}" are read with the decimal mark "{mark}", as their currency tells; every amount would fit "{other}" too',
    'if that is the decimal mark: --decimal-mark {other}',
  ),
  W372: other(
    0,
    'amounts like "{text}" are read with three decimals, which {currency} does not have',
    'if the mark groups thousands: --decimal-mark {other}',
  ),
  W351: other(
    0,
    'the customers cannot be valued, so the past stands without their CLV: {reason}',
    'value them by saved parameters: --use-model FILE',
  ),
  W352: other(
    0,
    'the data begin on {first}, within the earlier of the two periods, {from} to {to}: the two are not alike',
    'give a shorter --period',
  ),
  W354: other(
    0,
    '{amount} of costs are left out: they are after the as-of date, or of customers without a transaction up to it',
    '',
  ),
  W353: other(0, 'the customers together make no profit ({profit}): there are no shares and no tenths of it', ''),
  W341: other(
    0,
    'the transactions begin {days} {days|day|days} before the as-of date: the {customers} {customers|customer|customers} won in the last year came in {days|that one|those}',
    'give acquisition as customers a year, e.g. --set acquisition=500',
  ),
  W335: other(0, 'left out of the {kind} {folder}: {names}', 'if they hold transactions too, {how}'),
  W309: other(
    0,
    'the first date {first} is {gap} days before the next: a typo there makes customers older',
    'correct it',
  ),
  W311: other(
    0,
    'the valuation date {date} is {gap} days after the last transaction, on {last}: customers look as if they had left',
    'use a date near {last}, or add the transactions that are missing',
  ),
  W315: other(
    0,
    'the time zone {zone} decides nothing: no date has a time with an offset, so each is the day as it is written',
    'leave --timezone out, or export the times with their offset',
  ),
  W312: other(
    0,
    'no margin is given: every amount counts as margin, as if the goods cost nothing',
    'give --margin RATE or --margins FILE; where the amounts are margins already, --margin 100%',
  ),
  W310: other(
    0,
    '{count|line|lines} {lines} of {file} {count|matches|match} no transaction',
    'check the spelling of the keys, and the dates',
  ),
} as const satisfies Record<string, Message>;

export type MessageCode = keyof typeof MESSAGES;
