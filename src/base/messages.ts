/**
 * Every message of the program, its exit code and its remedy, in one place. `{name}` is filled from the values of the error.
 * `{name|word|words}` is the one word where that value is 1, else the other.
 * E1 usage · E2 data · E3 model · E4 files and devices, from E441 servers, from E480 books · E5 our bugs · W warnings.
 * Exit codes: 1 a check failed, 2 usage, 65 bad data, 66 no input, 70 our bug, 73 cannot create output, 74 I/O, 75 busy, 78 config.
 */
export interface Message {
  readonly exit: number;
  readonly text: string;
  readonly remedy: string;
}

type Of<T extends string, R extends string> = { readonly exit: number; readonly text: T; readonly remedy: R };

const other = <T extends string, R extends string>(exit: number, text: T, remedy: R): Of<T, R> => ({
  exit,
  text,
  remedy,
});
const usage = <T extends string, R extends string>(text: T, remedy: R): Of<T, R> => other(2, text, remedy);
const data = <T extends string, R extends string>(text: T, remedy: R): Of<T, R> => other(65, text, remedy);
const warning = <T extends string, R extends string>(text: T, remedy: R): Of<T, R> => other(0, text, remedy);

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
  E111: usage('{option} and {other} exclude each other', 'give one of them'),
  E112: usage('{option} has no meaning without {other}', 'give both or none'),
  E113: usage(
    '{option} {file} is the same file as {other} {other_file}',
    'write to another file: what a run reads or writes is never written over',
  ),
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
  E122: usage('{option} does not go with {other}', '{remedy}'),
  E123: usage('{what} is missing', '{remedy}'),
  E124: usage('{problems}: found {columns}', 'say which: {options}'),
  E125: usage(
    'whom to explain is not said: --customer {customer} names the column of the ids, as in every command',
    'if {customer} is the customer, write --id {option}; else add --id ID',
  ),
  E126: usage(
    'the opening date {from} is before the first transaction, on {first}: there is nothing to open with',
    'give a later --from, with enough customers before it to fit, or {first} or later with {option}',
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
  E151: usage('--set {text} is not a driver and its change', 'write it like --set dropout=-1%, with one of {drivers}'),
  E152: usage('--set {text}: there is no driver "{driver}"', 'use one of {drivers}{hint}'),
  E153: usage(
    '--set {driver} is given twice',
    'give each driver once: all --set make one scenario; for several there is --scenarios FILE',
  ),
  E154: usage('--set retention {problem}', '{remedy}'),
  E155: usage('--set {driver}={text} {problem}', '{remedy}'),
  E161: usage(
    '--period {period} leaves nothing to compare: the data up to the as-of date are from {first} to {last}',
    'give a shorter --period, or leave it out',
  ),
  E162: usage('--every {every} makes {periods} calendar periods: at most {limit}', 'use a longer one'),
  E163: other(78, 'the settings cannot be used: {problem}', '{remedy}'),
  E164: other(
    78,
    'there is no setting "{key}"{where}',
    'use the long name of an option without its dashes, or a command with its settings in braces{hint}',
  ),
  E165: other(78, 'the value of "{key}" is not {wanted}', 'write {wanted}'),
  E166: other(78, 'the variable {variable} is no setting', 'did you mean {near}? Otherwise give it another name'),
  E167: other(78, 'the variable {variable} is "{value}", which does not say whether', 'set it to true or false'),
  E168: other(
    73,
    'the file is there already, and is not written over',
    'change it by hand, or take it away first; clv config --show-origin says what it sets',
  ),

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
  E211: data('date "{text}" does not fit the format {format}', 'correct it, or give {fitting}'),
  E212: data('date "{text}" does not exist', 'correct it{instead}'),
  E213: data('dates like "{text}" fit {count} formats: {formats}', 'say which: {options}'),
  E214: data(
    'date "{text}" has an offset, so its day depends on the zone',
    'name the zone of your books: --timezone ZONE{example}; or take the days as written: {written}',
  ),
  E215: data(
    'the dates span {years} years, from {first} to {last}: at most {limit} can be valued',
    'correct the first or the last date, or give --as-of',
  ),
  E216: data(
    'date "{text}" ends with a word for a zone that is not known, or means several',
    'take the days as written, without --timezone: {written}',
  ),
  E217: data(
    'dates like "{text}" are numbers: perhaps the days that a spreadsheet counts',
    'say so: --date-format excel ({date}), or --date-format excel-1904 ({date1904}); or export them as dates',
  ),
  E218: data(
    'the date is blank',
    'correct it; or count such rows apart: {where}; or where the table ends with them: {stop}',
  ),
  E219: data(
    'the header stands here again, as in files that were put together',
    'take it out, or count it apart: {where}',
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
  E232: data('the file has a header and no line below it', 'export it again, or fill it in{skip}'),
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
  E275: data(
    'which brand was last bought is not given, and the brands have no one steady state that could stand for it',
    'add the column last_bought',
  ),
  E276: data(
    'a lifetime has no finite value: retention {retention} × (1 + growth {growth}) is not below 1 + discount rate {discount} a period',
    'correct the line, or give a --horizon or a higher --discount-rate',
  ),
  E277: data(
    'the row of "{brand}" holds counts, that of "{other}" shares',
    'give shares in every row, those in percent with their %, or counts in every row',
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

  E301: data(
    '{customers} {customers|customer|customers}, {repeat} of them with a repeat purchase: too few to fit a model (at least {min_customers} and {min_repeat})',
    'use a longer period or more customers, or value them by saved parameters: --use-model FILE; if the rows are payments of a subscription: --contract 1m, 1q or 1y',
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
  E305: data(
    '{failed} of {resamples} bootstrap refits found no optimum',
    'the data hardly tell the parameters: use a longer period, or --interval covariance',
  ),
  E306: data(
    'the group {group} cannot be fitted by --model {model} on its own ({code})',
    'leave its column out of --fit-by, or value such groups by the models of all customers with --pool-small',
  ),
  E308: data('the customers as of {date}{which} cannot be valued ({code}): {reason}', '{remedy}'),
  E309: data(
    'nobody has bought anything by then: there is no customer to value',
    "use a later date; or where sales have a minus, turn the signs: --minus 'DATE=*' with the column of the date",
  ),
  E311: data(
    '{customers} {customers|customer|customers}, {ended} of them gone, over {periods} {periods|renewal|renewals}: too few to fit {model} (at least {min_customers}, {min_ended} and {min_periods})',
    'use more customers or a longer time, or one rate for all with --model retention; or, of payments, saved parameters: --use-model FILE',
  ),
  E312: data(
    'none of {customers} {customers|customer|customers} has come to a renewal: there is no rate to estimate',
    'give one with --retention RATE, or use a longer time',
  ),
  E313: data(
    'a lifetime has no end: by {model}, what the model tends to here, {takes}',
    'give a span of time, e.g. --horizon 3y; a longer period may tell who stops',
  ),
  E314: data(
    '{fit}, {count} {count|subscription|subscriptions} of which {gone} {gone|has|have} ended, cannot be valued by {model} ({code}): {reason}',
    'give the rate to value {count|it|them} by, a year: --retention {retention}, say; or saved parameters: --use-model FILE; or use a longer time',
  ),
  E315: data(
    '{count} {count|subscription pays|subscriptions pay} at another pace than {contract}: {customers} ({told}, median)',
    '{remedy}',
  ),
  E316: data(
    '{second} of {payments} payments {second|is|are} beside the one of {second|its|their} due day: these are not payments of a subscription',
    'use a shorter --contract, or lengths by plan (--contract auto); or leave it out to value purchases',
  ),
  E317: data(
    'no length for {count|plan|plans} {plans}',
    'give each one: --contract {contract}; or, if it does not recur: --one-off {plan}',
  ),
  E318: data(
    'customer "{customer}" is on two plans at once: "{first}" and "{second}", on {day}',
    'say which rows are of one subscription: --subscription COLUMN; or, if one of them does not recur: --one-off PLAN',
  ),
  E319: data(
    'customer "{customer}": a refund of {refund} on {day} {problem}',
    'correct the row; or, in clv mrr, if refunds say nothing of the service: --refunds ignore',
  ),
  E320: data(
    'customer "{customer}" paid in two currencies on {day}',
    'correct the row, or say which rows are of one subscription: --subscription COLUMN',
  ),
  E321: data(
    'customer "{customer}", invoice of {day}: the service {problem}',
    'correct the line; or, if it is no service: leave {columns} blank',
  ),
  E322: data(
    'all {due} {due|renewal|renewals} due {due|was|were} made: nobody has left yet, and a rate of 1 would value customers who never do',
    'give the rate to value by, a year: --retention 80%, say; or use a longer time',
  ),
  E323: data(
    'no renewal is decided between {from} and {to} of {customers} {customers|subscription|subscriptions} running before it: there is nothing to compare',
    'hold back more with --holdout, or give a shorter --grace',
  ),
  E324: data(
    'customer "{customer}": on {day} credits take away {credit}, more than the lines of that day charge',
    'correct the credit, or give the invoices that it credits too',
  ),
  E325: data(
    'the {gaps} {gaps|gap|gaps} between payments of {plan} fit no one length: {counts}',
    'name the column of the plan: --plan COLUMN; or give the lengths: --contract PLAN=1m',
  ),
  E326: data(
    'no subscription of {fit} was there as of {date}, the opening: nothing tells how such renewals were expected to go',
    'give their retention a year: --retention {length}=80%, say; or a later --from',
  ),
  E327: data(
    'the price book has no price for {count} {count|plan|plans} on the next due day: {plans}',
    'add a line for each: plan, price, from (blank: it always held); the plans are those of the rows, letter for letter',
  ),
  E330: data(
    'the mean of what customers spend would be infinite by {model} (q {q}, not above 1)',
    'take the mean of each customer as it is: --spend mean',
  ),
  E335: data('the model file is of {own}, and what is valued are {valued}', '{remedy}'),
  E336: data(
    'the model file has no fit of {fit}: it has {known}',
    'give the lengths and --fit-by that it was fitted with{fitBy}, or fit and save a model of these',
  ),
  E337: data(
    'the model file was fitted with {own} {own|day|days} of grace for {length}, and --grace says {asked}',
    'leave out --grace, or fit and save a model with it',
  ),
  E340: data(
    'the payments of {count} {count|customer|customers} tell no length: {customers} paid once, as much as nobody whose length is known',
    'name the column of the plan: --plan COLUMN; or give one length for all: --contract 1m; or leave them out with --where',
  ),
  E345: data(
    'no model fits the subscriptions of every length: {reasons}',
    'use more customers or a longer time, or try all models (--models all); or look at one length, by --where COLUMN=VALUE',
  ),

  E401: other(66, 'no such file', 'check the path{hint}'),
  E402: other(66, 'this is a directory', 'name the file in it'),
  E403: other(66, 'cannot be read: {detail}', 'check its permissions'),
  E404: other(66, 'no file of transactions in this directory: {endings}', 'name the files in it'),
  E405: other(
    66,
    'this directory has files of several kinds: {kinds}',
    'name the files, all of them or those of one kind, e.g. {example}',
  ),
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
  E431: other(75, 'the file changed while it was read', 'run again when the export has finished'),
  E432: other(75, 'another run is writing this output (lock {lock})', 'wait for it, or remove the lock if it is gone'),
  E441: usage(
    'the address {problem}',
    'write it as clickhouse://user@host:8123/database/table, with ?cluster=NAME where each shard holds a part, or of a book as clickhouse://user@host:8123/database?book=NAME; the password goes into CLICKHOUSE_PASSWORD',
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
  E461: other(73, '{folder} is no folder', 'name a folder with --out-dir, or write files with -o'),
  E462: usage(
    '{option} {file} is in the folder that --out-dir writes to',
    'give --out-dir a folder of its own: what is there under the name of a list is replaced',
  ),
  E463: data(
    'a text of {characters} characters does not fit into a cell of a workbook, which holds {limit}',
    'write CSV or JSON instead: -o clv.csv',
  ),
  E464: usage(
    'the list of {list} has more rows than a sheet of a workbook holds, {limit} with the headings',
    'write it as CSV: --section {list} -o {list}.csv; clv compute leaves it out of a workbook by --customers none',
  ),
  E465: other(74, 'the limit of open files is too low', 'raise it, and run again: ulimit -n 256'),
  E466: other(
    74,
    'not enough memory: {detail}',
    'close other programs, or raise the limit of this one (ulimit -v, or that of its container), and run again',
  ),
  E467: other(
    78,
    '{server} shows a certificate that is not trusted: {detail}',
    'where its authority is one of your own, name the certificate of that, a file in PEM: NODE_EXTRA_CA_CERTS=ca.pem clv …; name the host as the certificate does',
  ),

  E480: usage(
    '{book} is a book and stands beside other FILES',
    'give it alone; add the others to it: clv ledger add {book} FILES',
  ),
  E481: data('{problem}', '{remedy}'),
  E482: usage('a book cannot be added to a book', 'give the exports: clv ledger add BOOK FILES'),
  E483: data(
    'the book is of format {format}, written by clv {version}: this clv reads formats up to {known}',
    'use that version or a newer one',
  ),
  E484: other(75, 'another run is changing this book', 'wait for it and run again: the book is as it was'),
  E485: usage(
    '{option} says how exports are read, which was decided when they were added to the book',
    'leave it out; to read them otherwise, give it to clv ledger add or replace',
  ),
  E486: data(
    'the book is damaged: {detail}',
    'restore it from a copy, or make it anew from the exports: clv ledger add',
  ),
  E487: data(
    'the book does not hold what its accounts say: {what} is {found} instead of {wanted}',
    'something else than clv has changed it: restore it from a copy, or make it anew from the exports',
  ),
  E488: data(
    'the book is of another kind: {what} is {found} here and {wanted} in the book',
    'export or read it as before (the options of each file: clv ledger list BOOK --format csv), or make a book of its own for it',
  ),
  E489: data(
    'the same content as {first}, number {number} of the book',
    'leave it out: its records are in the book already',
  ),
  E490: data(
    '{count} {count|value|values} of {column} came before with other {count|content|contents}: {examples}',
    'if the later export is right, let it replace what came before: --restate',
  ),
  E491: usage(
    'the book does not keep the column "{column}": it keeps {kept}',
    'make the book anew with it: clv ledger add BOOK FILES --keep COLUMNS',
  ),
  E492: usage(
    '"{asked}" names {count} {count|file|files} of the book: it has {files}',
    'name one of them as it stands there, or give the first digits of its sha256',
  ),
  E493: usage(
    'number {number} cannot be taken out: {later} {later|builds|build} on its records, which came again or were restated there',
    'take out the later ones first; to correct records, add the corrected export with --restate',
  ),
  E494: other(73, 'the book cannot be written: {detail}', 'check that the file and its folder can be written'),
  E495: other(66, 'the book holds no transactions', 'add some: clv ledger add BOOK FILES'),
  E496: other(
    75,
    'another program has the book open, or left changes beside it: {detail}',
    'close that program, or open and close the book there once more',
  ),

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
  E520: other(
    66,
    '{server} has no book {book} in the database {database}, or "{user}" may not see it',
    'check the address (the server too: the versions of a book stand on one); to make the book: clv ledger add ADDRESS FILES',
  ),
  E521: data(
    'a transaction has a date outside of what ClickHouse holds, 1970-01-01 to 2149-06-06',
    'correct it, or keep the book in a file',
  ),
  E522: usage(
    'the book cannot be kept on the cluster {cluster}: {problem}',
    'name a cluster of shards without replicas, the same each time, or none: the server that is asked holds all of it then',
  ),
  E523: other(
    74,
    'the connection to {server} was lost while the change was put in force: whether it is in force is not known',
    'look before running again: clv ledger list BOOK, or clv closes BOOK',
  ),
  E524: other(
    75,
    'another run has changed the book while this one worked: nothing of this one is kept',
    'run again, on the book as it is now',
  ),
  E530: usage('--from last: {problem}', '{remedy}'),
  E531: usage(
    'a close as of {date} is not after close {number}, as of {last}',
    'give a later --as-of; to do the last close again, take it back first: clv close BOOK --reopen',
  ),
  E532: other(
    75,
    'another run has changed the book while this one valued it: nothing is kept',
    'run again, on the book as it is now',
  ),
  E533: usage(
    '{what} is {found} here and {wanted} in close {number}: only what is alike can be compared',
    'leave {option} out, which takes that of the close; to change it for good, take the closes back first: clv close BOOK --reopen',
  ),
  E534: usage(
    'the book has no close {asked}: it has {closes}',
    'name one of them by its number or its date, or the last as last; to make one: clv close BOOK --as-of DATE',
  ),
  E535: usage(
    'close {number}, as of {date}, cannot be taken back: close {last} stands on it',
    'take the later ones back first: clv close BOOK --reopen takes the last',
  ),
  E536: usage('{a} and {b} cannot be compared: {problem}', '{remedy}'),
  E537: data('this is no result of clv in JSON', 'give what --format json wrote, or a close of a book: BOOK@last'),
  E538: other(1, '{a} and {b} differ: {count} {count|line|lines}', 'read them above, or with --format json'),
  E539: other(
    74,
    'the report could not be written: {detail}; what was to be kept is kept',
    'do not run it again for what is kept: clv closes BOOK and clv ledger list BOOK tell what a book holds; for the report, free some space or choose another place',
  ),
  E550: usage(
    'there is no column "{column}" in the list of customers: it has {columns}',
    'use one of those with {option}{hint}',
  ),
  E551: usage('{option}: {column} {comparison} {value}: {problem}', '{remedy}'),
  E552: usage('--clv-change: {problem}', '{remedy}'),
  E553: usage(
    '--excel is of CSV, and none is written',
    'add --format csv, -o FILE.csv or --out-dir FOLDER, or leave it out',
  ),
  E560: other(
    1,
    '{count} of {all} {all|file|files} {count|is|are} not as {count|it was|they were}: {file} …',
    'see which in the list above; put back what was there, or run the command of the manifest again',
  ),
  E561: data('this is no manifest of a run of clv', 'give what --manifest wrote'),
  E562: data(
    'the manifest itself was changed after it was written',
    'use the one that was kept, or run the command of the manifest again',
  ),
  E563: usage('there is no figure "{name}" of an export: there are {names}', 'use one of those with {option}{hint}'),
  E564: other(
    1,
    '{count} of {all} {all|assertion|assertions} {count|does|do} not hold: {failed}',
    'look at the export before anything is computed from it: clv inspect FILES',
  ),
  E565: data(
    'the CLV of a customer would be {value}: more than {limit} is not counted in smallest units',
    'check the unit of the amounts; of saved parameters, whether they were fitted to amounts in that unit',
  ),

  W301: warning(
    'the last date {last} is {gap} days after the one before it: a typo there would move the as-of date',
    'give --as-of',
  ),
  W302: warning(
    '{share} of the first purchases fall in the first {days} days: these customers may be older than the file',
    'export from an earlier date, or expect too low a dropout',
  ),
  W303: warning(
    '{count} of {customers} {customers|customer|customers} changed {count|its|their} segment: each counts in that of the {from} transaction',
    '',
  ),
  W304: warning(
    '{count} {count|customer has|customers have} a mean margin of zero or less: left out of the spend fit and valued by the same formula',
    '',
  ),
  W305: warning('frequency and mean margin correlate by {correlation}{where}: the spend model assumes they do not', ''),
  W306: warning(
    '{rejected} of {records} {records|record|records} {rejected|is|are} left out: the first is {file}:{line}',
    '{remedy}',
  ),
  W307: warning('the spend cannot be fitted, so no margin is predicted: {reason}', ''),
  W308: warning('no interval of customer equity: {reason}', 'give --interval none where none is wanted'),
  W309: warning(
    'the first date {first} is {gap} days before the next: a typo there makes customers older',
    'correct it',
  ),
  W310: warning(
    '{count|line|lines} {lines} of {file} {count|matches|match} no transaction',
    'check the spelling of the keys, and the dates',
  ),
  W311: warning(
    'the valuation date {date} is {gap} days after the last transaction, on {last}: customers look as if they had left',
    'use a date near {last}, or add the transactions that are missing',
  ),
  W312: warning(
    'no margin is given: every amount counts as margin, as if the goods cost nothing',
    'give --margin RATE or --margins FILE; where the amounts are margins already, --margin 100%',
  ),
  W313: warning(
    'the likelihood of {model} is highest at an edge of its parameters, where {takes}{where}: valued by its limit there, {limit}',
    'a longer period may tell more',
  ),
  W314: warning(
    'customers who buy on are not seen to stop, so a lifetime has no end: valued within {horizon}',
    'give the span of time to value: --horizon SPAN',
  ),
  W315: warning(
    'the time zone {zone} decides nothing: no date has a time with an offset, so each is the day as it is written',
    'leave --timezone out, or export the times with their offset',
  ),
  W316: warning(
    'how customers buy in {months} is known from little{where}: fewer than {least} repeat purchases, or not one whole month',
    'use a longer period, or --season none',
  ),
  W321: warning(
    'one retention rate {retention} gives {equity}; where customers differ (sbg) it is {differing}: {gap}{share} {direction}',
    'use --model sbg',
  ),
  W322: warning(
    '{customers} {customers|subscription|subscriptions} came back after {customers|it|they} had ended: {runs} earlier {runs|run is|runs are} left out, tenure counts from the last start',
    '',
  ),
  W323: warning(
    '{second} of {payments} payments {second|is|are} beside the one of {second|its|their} due day: counted as money, not as renewals',
    '',
  ),
  W324: warning('no row has {option} {plans}: the plans are {known}', 'correct the name, if it is one of those'),
  W325: warning(
    '{late} {late|subscription is|subscriptions are} late: each is worth what it would be, times the chance that a payment as late still comes, by this log',
    '',
  ),
  W326: warning('{lines} {lines|line|lines} of service that begins after the as-of date: not in force yet', ''),
  W327: warning(
    '{payments} {payments|payment|payments} besides the one of {payments|its|their} due day ({amount}): money that is not recurring',
    'say what does not recur: --one-off PLANS; or which rows are of one subscription: --subscription COLUMN',
  ),
  W328: warning(
    '{count} {count|subscription|subscriptions} paid {paid} {count|at its|at their} last payment, and the price book says {listed} of {count|that day|those days}: valued at its price from the next due day on',
    'correct the book where it is wrong; a discount that goes on, and several seats, are not in it',
  ),
  W329: warning(
    '{count} {count|subscription pays|subscriptions pay} at another pace than {contract}: {customers} ({told}, median); what is not paid for is churn, then reactivation',
    '{remedy}; if they come and go, nothing',
  ),
  W330: warning(
    'the mean of what customers spend would be infinite, {by}: {taken} instead',
    'to name what is taken: {options}',
  ),
  W331: warning(
    'some brands never lose their customers to others: the steady state depends on which brand was last bought',
    '',
  ),
  W332: warning(
    'how often customers buy is not given: one purchase a customer and year is taken, on which equity and shares depend',
    'give --purchases-per-year',
  ),
  W333: warning(
    'which brand was last bought is not given: {instead} stand for it',
    'add the column last_bought to the switching file',
  ),
  W335: warning('left out of the {kind} {folder}: {names}', 'if they hold transactions too, {how}'),
  W340: warning(
    '{ahead} {ahead|subscription begins|subscriptions begin} after the as-of date: {ahead|it is|they are} not valued yet',
    '',
  ),
  W341: warning(
    'the transactions begin {days} {days|day|days} before the as-of date: the {customers} {customers|customer|customers} won in the last year came in {days|that one|those}',
    'give acquisition as customers a year, e.g. --set acquisition=500',
  ),
  W342: warning(
    '{length}: the {customers} {customers|subscription|subscriptions} running of this length {customers|is|are} left out, since no model fits ({code}): {reason}',
    'hold back less with --holdout, or use a longer time',
  ),
  W350: warning(
    '{records} {records|record|records} of {file} ({amount}) {records|is equal to one that|are equal to some that} came before in the book',
    'take the file out with clv ledger remove, or give the column that tells transactions apart: --once COLUMN; if they are different sales: --as-is repeats',
  ),
  W351: warning(
    'the customers cannot be valued, so the past stands without their CLV: {reason}',
    'value them by saved parameters: --use-model FILE',
  ),
  W352: warning(
    'the data begin on {first}, within the earlier of the two periods, {from} to {to}: the two are not alike',
    'give a shorter --period',
  ),
  W353: warning('the customers together make no profit ({profit}): there are no shares and no tenths of it', ''),
  W354: warning(
    '{amount} of costs are left out: they are after the as-of date, or of customers without a transaction up to it',
    '',
  ),
  W361: warning(
    '{records} {records|record|records} ({amount}) {records|stands|stand} in two files: the first is {file}:{line}',
    'give files that do not overlap, or the column that tells transactions apart: --once COLUMN; if they are different sales: --as-is repeats',
  ),
  W362: warning(
    '{ids} ids are {groups} e-mail {groups|address|addresses} in several spellings, like "{first}" and "{second}": each is a customer of its own',
    'make them one: --fold-email',
  ),
  W363: warning(
    '{ids} ids are {groups} {groups|number|numbers} in several spellings, like "{first}" and "{second}": each is a customer of its own',
    'make them one: --fold-ids',
  ),
  W364: warning(
    '{ids} ids are {groups} {groups|id|ids} but for what no one sees, like "{first}" and "{second}": each is a customer of its own',
    'make them one: --fold-ids',
  ),
  W365: warning(
    'the amounts add up to {amount}, less than nothing: perhaps sales have a minus in this file',
    'if so, turn the signs: --minus {option}',
  ),
  W371: warning(
    'amounts like "{text}" are read with the decimal mark "{mark}", as their currency tells; every amount would fit "{other}" too',
    'if that is the decimal mark: --decimal-mark {other}',
  ),
  W372: warning(
    'amounts like "{text}" are read with three decimals, which {currency} does not have',
    'if the mark groups thousands: --decimal-mark {other}',
  ),
  W380: warning(
    '{cost} of the acquisition cost belongs to no cohort, of {total}: nobody was won in {names}',
    'correct the periods and names in the acquisition file, or leave out what is not spent yet',
  ),
  W381: warning(
    '{cohorts} {cohorts|cohort has|cohorts have} no acquisition cost: {names}; the figures of all together leave {cohorts|it|them} out',
    'add {cohorts|it|them} to the acquisition file, with 0 where nothing was spent',
  ),
  W382: warning(
    'the period {period} is not over on the as-of date {date}: its cost is set against the customers won so far',
    'take an --as-of at the end of a period',
  ),
} as const satisfies Record<string, Message>;

export type MessageCode = keyof typeof MESSAGES;
export type ErrorCode = Extract<MessageCode, `E${string}`>;
export type WarningCode = Extract<MessageCode, `W${string}`>;

/**
 * The words of messages that tell of many things, by what is wrong: `variant` fills them in, and the code stays one.
 */
export const VARIANTS = {
  E101: {
    unknown: { problem: 'is not known', remedy: 'one of {choices}{hint}' },
    'unknown word': { problem: 'is not known', remedy: 'clv layouts, or clv layouts show NAME' },
    'no code': { problem: 'is not the code of an error or a warning', remedy: 'clv errors lists them{hint}' },
    'no model': { problem: 'is not a model', remedy: '{some} of {names}{hint}' },
    'no format': { problem: 'is not a format', remedy: '{some} of {names}{hint}' },
    'no model of contracts': { problem: 'is not a model of contracts', remedy: '{some} of {names}{hint}' },
    'model of buying': { problem: 'is a model of buying, not of contracts', remedy: '{some} of {names}{hint}' },
    'model of contracts': {
      problem: 'is a model of contracts',
      remedy: 'give --contract 1m, 1q or 1y, or --survivors FILE, or use one of {names}',
    },
    'no plans': { problem: 'names plans, of which a table of survivors has none', remedy: 'give one rate' },
    'no cohort': { problem: 'is no cohort of the table', remedy: 'one of {names}{hint}' },
    'no cut points': {
      problem: 'is not two chances, the lower first',
      remedy: 'P(alive) below which the risk is high, and from which it is low, e.g. 30%,70%',
    },
    'no price': { problem: 'is not above zero', remedy: 'e.g. 9.90' },
    'no plan': { problem: 'is neither a plan nor a length of the payments', remedy: 'one of {names}{hint}' },
    'no rates': { problem: 'does not give each plan one rate', remedy: 'e.g. 80%, or annual=80%,monthly=30%' },
    'one length': { problem: 'gives plans of one length, {length}, rates that differ', remedy: 'give them the same' },
    'no lengths': { problem: 'does not give each plan one length', remedy: 'e.g. 1m, or basic=1m,annual=1y' },
    'no span': { problem: 'is not a span of time', remedy: 'e.g. 10d, 2w, 1m, 0d' },
    'no window': { problem: 'is not two dates', remedy: 'FROM..TO, e.g. 2024-12-31..2025-12-31' },
    'no warning': { problem: 'is no warning', remedy: 'all, or some of {known}' },
    'no whole number': { problem: 'is not a whole number in range', remedy: '{low} to {high}' },
    'no amount': { problem: 'is not an amount', remedy: 'e.g. 100 or 9.95, with up to {decimals} decimals' },
    negative: { problem: 'is negative', remedy: 'give 0 or more' },
    'no purchases': { problem: 'is not above 0', remedy: 'e.g. 6 or 0.5' },
    'no cost': { problem: 'is not above zero', remedy: 'leave it out where there is no cost' },
    'no date': { problem: 'is not a date that exists', remedy: 'YYYY-MM-DD' },
    'no date format': {
      problem: 'is not a date format',
      remedy:
        "a year (YYYY, YY), a month (MM, or MMM for its name) and a day (DD), e.g. DD/MM/YYYY; or excel, or 'as written'",
    },
    'no time zone': { problem: 'is not a time zone', remedy: 'e.g. Europe/Berlin, America/New_York, UTC' },
    'no encoding': { problem: 'is not an encoding', remedy: 'e.g. windows-1252, iso-8859-1, utf-16' },
    'no currency': { problem: 'is not an ISO 4217 code', remedy: 'e.g. EUR, USD, JPY' },
    'no minor unit': {
      problem: 'has no minor unit: customers do not pay in it',
      remedy: 'name the currency of the amounts',
    },
    'no horizon': { problem: 'is not a span of time', remedy: 'e.g. lifetime, 36m, 5y, 90d' },
    'parts of periods': {
      problem: 'is not a whole number of periods of {period}',
      remedy: 'a multiple of {period}, or lifetime',
    },
    'no purchase in it': { problem: 'ends before the first purchase', remedy: 'give a longer one' },
    'no period': { problem: 'is not a span of time', remedy: 'e.g. 1y, 6m, 13w' },
    'no holdout': { problem: 'is not a span of days', remedy: 'e.g. 39w, 90d, 1y' },
    'part of a period': {
      problem: 'is not a whole number of periods of {period}',
      remedy: 'a multiple of {period}, the period that --contract says',
    },
    'all periods held out': {
      problem: 'leaves no renewal before it: the cohort seen longest has {periods} {periods|renewal|renewals}',
      remedy: 'hold back less',
    },
    'all held out': {
      problem: 'leaves nothing before it: the data are from {first} to {last}',
      remedy: 'hold back less',
    },
    'one day': {
      problem: 'leaves nothing before it: all data are of {first}',
      remedy: 'use data of a longer time',
    },
    'too many origins': {
      problem:
        'is more than the data from {first} to {last} have room for, with {days} {days|day|days} held back after each and a quarter of the data before the first',
      remedy: '--origins {most}, or hold back less',
    },
    'too many starts': {
      problem:
        'is more than the table has room for, with {held} {held|period|periods} held back after each and one before the first: {most}',
      remedy: 'try fewer, or leave it out, or hold back less',
    },
    'no room': {
      problem:
        'has no room: the data from {first} to {last} are too short for several origins with {days} {days|day|days} held back after each and a quarter of the data before the first',
      remedy: '--holdout {longest}d, or leave out --origins',
    },
    'too short': {
      problem: 'has no room: the data are from {first} to {last}',
      remedy: 'leave out --origins, or use data of a longer time',
    },
    'too many rows': {
      problem: 'makes {rows} rows up to --horizon {horizon}',
      remedy: 'a longer period, or --horizon lifetime',
    },
    'no columns': {
      problem: 'has a blank or repeated column',
      remedy: 'each once, with commas between them: region,product',
    },
    'column twice': { problem: 'names the column "{column}" twice', remedy: 'name it once' },
    'no comparison': {
      problem: 'is not a column, a comparison and a value',
      remedy: 'e.g. {option} {example}: < <= > >= = !=, all of them to be fulfilled',
    },
    'no condition': {
      problem: 'is not a column and its values',
      remedy: "e.g. 'Status=paid,shipped' or 'Status!=test'",
    },
    'no values': { problem: 'says what is not', remedy: 'name the values that are' },
    'no end': { problem: 'says what is not', remedy: 'name the values at which the table ends' },
    'no ending': {
      problem: 'has an ending that names no format',
      remedy: 'end it in .csv or .json, or give --format: {names}',
    },
    'no table': { problem: 'names no table', remedy: 'write --into TABLE, or --into DATABASE.TABLE' },
    'no brand': { problem: 'is no name of a brand', remedy: 'give our own' },
    'no state': {
      problem: 'is not three whole numbers',
      remedy:
        'repeat purchases, days from the first to the last purchase, days from the first to the as-of date: 2,213,272',
    },
    'state ends late': {
      problem: 'has its last purchase after the as-of date',
      remedy:
        'repeat purchases, days from the first to the last purchase, days from the first to the as-of date: 2,213,272',
    },
    'state of many': {
      problem: 'has more repeat purchases than days',
      remedy:
        'repeat purchases, days from the first to the last purchase, days from the first to the as-of date: 2,213,272',
    },
    'state of one': {
      problem: 'has a last purchase after the first, but no repeat purchase',
      remedy:
        'repeat purchases, days from the first to the last purchase, days from the first to the as-of date: 2,213,272',
    },
    'mean of none': {
      problem: 'is of repeat purchases, and the state has none',
      remedy: 'leave it out, or --spend-from all',
    },
    'no mean': { problem: 'is not an amount with up to {decimals} decimals', remedy: 'e.g. 22.35' },
  },
  E122: {
    'no end of rows': {
      other: 'a table, whose rows have no order',
      remedy: 'leave such rows out by their value: --where COLUMN!=VALUE, or name a view without them',
    },
    'no order': { other: 'a table, whose rows have no order', remedy: '{remedy}' },
    reopening: { other: '--reopen', remedy: 'leave it out: what is taken back is not valued again' },
    'typed columns': { other: 'a table', remedy: 'leave it out: its columns have types' },
    'left-out rows': {
      other: 'a table',
      remedy: 'leave it out: the report has the columns and values by which the table tells its rows',
    },
    'rejected rows': { other: 'a table', remedy: 'name a view that leaves rows out' },
    files: {
      other: 'transactions in files',
      remedy: 'write a file with --output, or name a table: clickhouse://user@host/database/table',
    },
    'no list': { other: '--customers none', remedy: 'leave out one of them' },
    'no interval': { other: '--interval none', remedy: 'leave out one of them' },
    'no intervals': { other: '--interval none', remedy: 'leave out one of them' },
    'no law of a customer': {
      other: '{choice}, which does not tell what a single customer may bring',
      remedy: 'leave it out, or use {option} with one of {models}',
    },
    'no time of a purchase': {
      other: '--model {model}, which does not tell when a customer buys next',
      remedy: 'leave it out, or use --model with one of {models}',
    },
    'survivors and files': { other: 'transaction FILES', remedy: 'give the one or the other' },
    kind: { other: '--{kind}', remedy: 'leave it out' },
    purchases: {
      other: 'transactions that are purchases',
      remedy: 'leave it out; if the rows are payments of a subscription, give --contract 1m, 1q or 1y',
    },
    'one rate': { other: '--model {model}', remedy: 'leave one of them out, or use --model {single}' },
    'margins of payments': {
      other: '--margins, which gives the margins of payments that were made',
      remedy: 'give one rate for all: --margin 70%, say',
    },
    'costs of the past': {
      other: '--value-at {valueAt}',
      remedy: 'leave one of them out: costs are part of the mean of a run alone',
    },
    'two retentions': { other: '--retention-file', remedy: 'give the one or the other' },
    'one form': { other: '{command}', remedy: 'leave it out: {what}' },
    'several outputs': {
      other: 'several outputs',
      remedy: 'leave it out: the ending of each file chooses its format',
    },
    'every list': { other: '--out-dir', remedy: 'leave it out: every list is written there' },
    'own mean': { other: '--id', remedy: 'leave it out: a customer of the file has a mean of its own' },
    'counted purchases': {
      other: 'validate, which counts purchases',
      remedy: 'use one of the models that count purchases',
    },
    'refunds of lines': {
      other: 'lines of invoices',
      remedy: 'leave it out: a credit is a line with days of service of its own',
    },
    'netted refunds': {
      other: 'amounts from which refunds are taken off within the row, so that what was charged is not known',
      remedy: 'leave it out; or read what was charged: --layout none --amount COLUMN --as-is refunds, without --zero',
    },
    'no customers': {
      other: '--survivors, a table that has no customers to draw',
      remedy: 'use --interval covariance, or leave it out',
    },
    'models of a file': {
      other: 'validate --contract, which fits the models that it compares',
      remedy: 'leave it out',
    },
    'no valuation': { other: 'mrr, which values nothing', remedy: 'leave it out' },
    'nothing valued': { other: 'check, which values nothing', remedy: 'leave it out' },
    'closing date': { other: 'statement', remedy: 'give the closing date as --to' },
    'clock of occasions': {
      other: '--model bg-bb, which counts occasions on the calendar',
      remedy: 'leave it out, or use one of the models that count purchases',
    },
    'clock of a file': {
      other: '--use-model {file}, whose model was fitted without months',
      remedy: 'leave it out, or fit and save a model with it',
    },
    'no clock of a file': {
      other: '--use-model {file}, whose model runs on a clock of months',
      remedy: 'leave it out, or fit and save a model without months',
    },
    'a table inspected': {
      other: 'a table of ClickHouse',
      remedy: 'run clv compute on it, which tells what is wrong, or inspect an export of it',
    },
    inspect: {
      other: 'clv inspect',
      remedy: 'leave it out here, and give it to clv compute with the line that is told',
    },
    'refused layout': {
      other: 'the layout {layout}, which is refused',
      remedy: 'leave it out to see what is wrong with the files',
    },
    'no header': {
      other: 'files without a header that can be read',
      remedy: 'leave it out to see what is wrong with the files',
    },
  },
  E123: {
    input: {
      what: 'what is to be valued',
      remedy: 'give transaction FILES, - for standard input, or --survivors FILE',
    },
    segments: { what: '--by', remedy: 'name the segment columns of the retention file with --by' },
    margin: {
      what: '--margin-per-period',
      remedy: 'give the margin of a customer a period, e.g. --margin-per-period 100',
    },
    layout: { what: 'the NAME of a layout', remedy: 'one of {names}' },
    gaps: {
      what: 'the length that a payment pays for (nobody has paid twice)',
      remedy:
        "give it: --contract 1m, or by plan: --contract basic=1m,annual=1y; or where payments have a minus, turn the signs: --minus 'DATE=*' with the column of the date",
    },
    'period column': {
      what: 'the column of the {what} of service',
      remedy: 'name it: {option} COLUMN',
    },
    contract: {
      what: '--contract',
      remedy: 'say what a payment pays for: --contract 1m, or by plan: --contract basic=1m,annual=1y',
    },
    market: {
      what: 'the market',
      remedy:
        'give --market FILE, --market-equity N, --market-customers N with --market-avg-clv X, or --switching FILE',
    },
    'our data': { what: 'our own data', remedy: 'give transaction FILES, or - for standard input' },
    population: { what: '--population', remedy: 'give the customers of the market; shares do not depend on it' },
    transactions: {
      what: 'a file of transactions',
      remedy: 'give FILES, - for standard input, or a --state with --use-model FILE',
    },
    customer: { what: 'whom to explain', remedy: 'give --id ID, or --state X,T_X,T' },
    assertion: {
      what: 'what must hold',
      remedy: "say it: --assert 'customers>=1000', say",
    },
    payments: { what: 'a file of payments', remedy: 'give FILES, or - for standard input' },
    subscriber: { what: 'whom to explain', remedy: 'give --id ID' },
    cohort: { what: 'whom to explain', remedy: 'give a cohort: --cohort {name}, say; there are {names}' },
  },
  E163: {
    unreadable: { problem: 'the file cannot be read: {detail}', remedy: 'name one that is there, or --config none' },
    'no JSON': {
      problem: 'it is not JSON: {detail}',
      remedy: 'correct it, or leave it out of this run: --config none',
    },
    'no object': {
      problem: 'it is no JSON object',
      remedy: 'write the settings in braces, as in docs/configuration.md',
    },
    twice: { problem: '"{key}" stands twice in the same braces', remedy: 'take one of them out' },
  },
  E225: {
    'no JSON': { problem: 'it is not JSON: {detail}', remedy: 'start from one of ours: clv layouts show NAME' },
    'bad part': {
      problem: '{path}: {detail}',
      remedy: 'see the form in docs/layouts.md, or start from clv layouts show NAME',
    },
    'no such part': { problem: '{path} has no part "{key}"', remedy: 'use one of the parts in docs/layouts.md{hint}' },
  },
  E248: {
    'many files': { problem: 'holds more than {limit} files', remedy: 'unpack it and give the files in it' },
    encrypted: { problem: 'is encrypted', remedy: 'unpack it with its password and give the files in it' },
    'other method': {
      problem: 'is packed by a method that is not read here ({method})',
      remedy: 'unpack it and give the files in it',
    },
    'other content': { problem: 'is damaged: "{name}" is not what was packed', remedy: 'export or copy it again' },
    'name twice': { problem: 'holds "{name}" twice', remedy: 'unpack it and give the files in it' },
    'one part': { problem: 'is one part of several', remedy: 'unpack it and give the files in it' },
    damaged: { problem: 'is damaged or cut off', remedy: 'export or copy it again' },
    'no file': { problem: 'holds no file', remedy: 'export it again' },
  },
  E254: {
    blank: { problem: 'is blank', remedy: '{remedy}' },
    'no date': { problem: 'is not a date that exists', remedy: 'write it as YYYY-MM-DD' },
    'before from': { problem: 'is before from', remedy: 'exchange them' },
    'no amount': { problem: 'is not an amount', remedy: 'write it like 12.50' },
    'long amount': { problem: 'has more than 4 decimals', remedy: 'write it like 12.50' },
    negative: { problem: 'is negative', remedy: 'give 0 or more' },
    'negative cost': { problem: 'is negative', remedy: 'write costs without a sign' },
    'negative customers': { problem: 'is negative', remedy: 'give counts of customers, not shares' },
    'no customers': { problem: 'is not a whole number of customers', remedy: 'give counts of customers, not shares' },
    'negative portion': { problem: 'is negative', remedy: 'write it like 0.25, 25% or 250' },
    'no portion': { problem: 'is neither a share nor a count', remedy: 'write it like 0.25, 25% or 250' },
    'no sum of shares': {
      problem: 'makes the column sum to {sum}',
      remedy: 'give shares that sum to 1, or counts of customers',
    },
    'not above zero': { problem: 'is not above zero', remedy: 'leave it blank where there is none' },
    'name twice': { problem: 'stands already on line {line}', remedy: 'give each a line' },
    'second rate': { problem: 'has a rate already', remedy: 'give each segment once' },
    'second margin': { problem: 'stands beside a margin', remedy: '{remedy}' },
    'no margin': { problem: 'is blank, and so is unit_cost', remedy: '{remedy}' },
    'other customer': { problem: 'is "{customer}" on another line', remedy: 'one id is one customer' },
    'own brand': { problem: 'is its own brand', remedy: 'leave it blank: the lost go to others' },
    'price twice': { problem: 'has a price from that day already, on line {line}', remedy: 'keep one of them' },
    'another currency': {
      problem: 'is not the currency of the figures ({known})',
      remedy: 'give prices in that currency, or leave the column out where they are',
    },
    'no rate': { problem: 'is not a rate', remedy: 'write it like 1.0842, above 0, with up to 12 decimals' },
    'rate of itself': {
      problem: 'is not the rate of {currency} in {currency}, which is 1',
      remedy: 'correct it, or leave the line out',
    },
    'no period': { problem: 'is not a whole number of periods', remedy: 'count them 0, 1, 2 …' },
    'period twice': { problem: 'stands already on line {line}', remedy: 'give each period of a cohort once' },
    'no first period': { problem: 'is the first period of its cohort', remedy: 'begin with 0: the customers acquired' },
    'period missing': { problem: 'follows period {before}', remedy: 'give every period between them' },
    'more survivors': {
      problem: 'is more than the {before} of the period before',
      remedy: 'customers who left stay gone',
    },
    'empty cohort': { problem: 'is a cohort without customers', remedy: 'leave it out' },
    'no calendar period': { problem: 'is not a calendar period', remedy: 'write it as 2024-07, 2024-Q3 or 2024' },
    'other period': {
      problem: 'is a period of another length than on line {line}',
      remedy: 'give all costs by one length',
    },
    'longer period': {
      problem: 'is longer than the periods of the cohorts, {every}',
      remedy: 'give the costs by shorter periods, or take longer cohorts: --every {own}',
    },
    'cost twice': { problem: 'has a cost already, on line {line}', remedy: 'make one line of the two' },
  },
  E255: {
    'no column': { problem: 'no column {name} in the {what}', remedy: '{remedy}' },
    columns: { problem: '{count} columns {name} in the {what}', remedy: '{remedy}' },
    'no column for': {
      problem: 'no column for the {what} in the costs file',
      remedy: 'give it the columns customer, date and cost',
    },
    'columns for': {
      problem: '{count} columns for the {what} in the costs file',
      remedy: 'give it the columns customer, date and cost',
    },
    'no driver': { problem: '"{name}" is no driver', remedy: '{remedy}' },
    'no retention file': { problem: 'not a retention file by segment', remedy: 'give it the columns {wanted}' },
    'column twice': { problem: 'column "{column}" stands twice in the margins file', remedy: 'keep one of them' },
    'no margin': {
      problem: 'the margins file has no margin',
      remedy: 'give a column margin (a rate) or unit_cost (an amount), or both and one of them filled in each row',
    },
    'two for one': { problem: 'two columns stand for "{column}"', remedy: 'keep one of them' },
    'no key': { problem: 'a margin cannot be looked up by "{column}"', remedy: 'use from and to for periods' },
    'several alike': {
      problem: 'column "{column}" is named like {count} columns of the transactions',
      remedy: 'name it exactly',
    },
    'unknown key': {
      problem: 'column "{column}" of the acquisition file is not in the transactions',
      remedy: 'leave it out, or name it like one of {names}{hint}',
    },
    'unknown column': {
      problem: 'column "{column}" of the margins file is not in the transactions',
      remedy: 'name it like one of {names}{hint}',
    },
  },
  E262: {
    'no model': { problem: 'model.name "{name}" is not one of {names}' },
    'no k': { problem: 'model.name "{name}" does not say its k, as {example} does' },
    'no model of spend': { problem: 'model.spend.name "{name}" is not one of {names}' },
    'no mean': { problem: 'its parameters of spend give no positive mean margin' },
    'no parameter': { problem: 'parameter {name} of {model} is missing' },
    'parameter out of range': { problem: 'parameter {name} of {model} is {value}, not above 0' },
    'parameter of no fit': { problem: 'parameter {name} of {model} is {value}, and a fit gives {low} to {high}' },
    version: { problem: 'its schema_version is {version}, not 1.x' },
    unit: { problem: 'time_unit is not "{unit}"' },
    'no object': { problem: '{what} is missing or not an object' },
    'no name': { problem: '{what}.name is missing' },
    'no number': { problem: '{what}.parameters.{key} is not a number' },
    'no error': { problem: 'model_error.tau is not a number, 0 or above' },
    'no terms': { problem: '{what} has no contract with its grace_days' },
    'no limit': { problem: '{what}.limit_of "{name}" is not one of {names}' },
    'rate out of range': { problem: 'parameter {name} of {model} is {value}, not below 1' },
    'no factor': { problem: 'model.season.factors.{month} is not a number above 0' },
    groups: { problem: 'it has the models of several groups, by which the close of a book alone is valued' },
    spend: {
      problem:
        'its mean margins are of {own} purchases, those of the closing of {other}: value both by one --spend-from',
    },
  },
  E266: {
    'no XML': { problem: '{part} is not well-formed XML in UTF-8' },
    'no sheet': { problem: 'its sheet "{sheet}" is missing' },
    'no parts': { problem: 'it does not say where its sheets are' },
    'no cells': { problem: 'it has no sheet with cells' },
    'rows out of order': { problem: 'sheet "{sheet}": its rows are out of order' },
    'cells out of order': { problem: 'sheet "{sheet}": its cells are out of order in row {row}' },
    'odd cell': { problem: 'sheet "{sheet}": cell {cell} cannot hold "{text}"' },
  },
  E315: {
    payments: { told: 'payments of "{customer}" are {gap} {gap|day|days} apart' },
    lines: { told: 'lines of "{customer}" cover {gap} {gap|day|days}' },
  },
  E319: {
    'before any payment': { problem: 'comes before any payment' },
    'too large': { problem: 'is more than is left of the last payment: {left}' },
  },
  E321: {
    'no date': { problem: 'has no day in "{text}"' },
    'one end': { problem: 'has only one of its two days' },
    'no days': { problem: 'ends on {end}, not after it starts, {start}' },
  },
  E335: {
    subscriptions: {
      own: 'subscriptions',
      valued: 'purchases',
      remedy: 'give the lengths of the subscriptions, --contract 1m, say; or a model file of purchases',
    },
    'a result': {
      own: 'the result of a valuation',
      valued: 'subscriptions',
      remedy: 'give what --save-model wrote with --contract',
    },
    purchases: {
      own: 'purchases',
      valued: 'subscriptions',
      remedy: 'give what --save-model wrote with --contract',
    },
  },
  E551: {
    day: { problem: 'the value is not a date that exists', remedy: 'write it like {column}>=2024-07-01' },
    whole: { problem: 'the value is not a whole number', remedy: 'write it like {column}>=3' },
    number: { problem: 'the value is not a number', remedy: 'write it like {column}<0.3' },
    money: {
      problem: 'the value is not an amount with at most {decimals} decimals',
      remedy: 'write it like {column}>100',
    },
    order: { problem: 'texts have no order', remedy: 'use = or != for {column}' },
  },
  E552: {
    'no book': {
      problem: 'what is read is no book, and only a book has closes',
      remedy: 'leave it out, or keep the transactions in a book: clv ledger add BOOK FILES, then clv close BOOK',
    },
    'no close': {
      problem: 'the book has no close before {date}',
      remedy: 'leave it out, or give a later --as-of; to make a close: clv close BOOK --as-of DATE',
    },
    'other money': {
      problem: 'close {number} is in {currency}',
      remedy: 'leave out --currency, or give that of the closes',
    },
  },
  E481: {
    'no database': {
      problem: 'this is no book',
      remedy:
        'name the book first, a new one as a file that is not there yet, then the exports: clv ledger add BOOK FILES',
    },
    'another database': {
      problem: 'this is a database of DuckDB, but no book',
      remedy: 'name another file, or export the table from it as CSV or Parquet',
    },
  },
  E530: {
    'no book': {
      problem: 'what is read is no book, and only a book has closes',
      remedy: 'give an opening date, or the file of a book',
    },
    'no close': {
      problem: 'the book has no close',
      remedy: 'make one: clv close BOOK --as-of DATE; or give an opening date',
    },
  },
  E536: {
    'other commands': {
      problem: 'one is of clv {first}, the other of clv {second}',
      remedy: 'give two results of the same command',
    },
    'other currencies': {
      problem: 'one is in {first}, the other in {second}',
      remedy: 'give two results in the same currency',
    },
    'close and result': {
      problem: 'one is a close of a book, the other a result in a file',
      remedy: 'give two closes, BOOK@1 BOOK@2, or two files of JSON',
    },
    'other books': {
      problem: 'they are closes of two books',
      remedy: 'give two closes of one book, or compare two results in JSON',
    },
  },
} as const satisfies Partial<Record<MessageCode, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
