(* Trusted: text to the numbers of Program.v. One line per point, x and then its labels, separated by commas or else by
   blanks; a number is -12, 3/4, 0.25 or 1.5e-3; # starts a comment; names of columns may stand in the first line.
   What is anything else is refused with its line, never skipped or guessed. *)

open Program

exception Refused of string

let refuse line why = raise (Refused (Printf.sprintf "line %d: %s" line why))
let longest_exponent = 4 (* digits *)

let is_digit c = '0' <= c && c <= '9'
let is_letter c = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c = '_' || c = '"'
let is_blank c = c = ' ' || c = '\t' || c = '\r'

(* The digits of [text] from [first] to just before [last], most significant first. *)
let digits text first last =
  let rec onto rest i =
    if i < first then rest
    else
      onto
        (match text.[i] with
         | '0' -> D0 rest | '1' -> D1 rest | '2' -> D2 rest | '3' -> D3 rest | '4' -> D4 rest
         | '5' -> D5 rest | '6' -> D6 rest | '7' -> D7 rest | '8' -> D8 rest | '9' -> D9 rest
         | _ -> assert false)
        (i - 1)
  in
  onto Nil (last - 1)

(* sign? digits, then nothing, or / digits, or (. digits)? ((e|E) sign? digits)?; one digit before or behind a point *)
let number line text =
  let length = String.length text in
  let wrong () = refuse line (Printf.sprintf "not a number: %s" (String.escaped text)) in
  let at i c = i < length && text.[i] = c in
  let rec past_digits i = if i < length && is_digit text.[i] then past_digits (i + 1) else i in
  let past_sign i = if at i '-' || at i '+' then i + 1 else i in
  let negative = at 0 '-' in
  let start = past_sign 0 in
  let whole = past_digits start in
  if at whole '/' then begin
    let stop = past_digits (whole + 1) in
    if whole = start || stop = whole + 1 || stop < length then wrong ();
    match fraction negative (digits text start whole) (digits text (whole + 1) stop) with
    | Some q -> q
    | None -> refuse line "a denominator is zero"
  end
  else begin
    let part = if at whole '.' then whole + 1 else whole in
    let mantissa = past_digits part in
    if whole = start && mantissa = part then wrong ();
    let exponent =
      if at mantissa 'e' || at mantissa 'E' then begin
        let first = past_sign (mantissa + 1) in
        let stop = past_digits first in
        if stop = first || stop < length then wrong ();
        if stop - first > longest_exponent then refuse line "an exponent is longer than 4 digits";
        signed (at (mantissa + 1) '-') (digits text first stop)
      end
      else if mantissa < length then wrong ()
      else Z0
    in
    decimal negative (digits text start whole) (digits text part mantissa) exponent
  end

let without_comment line = match String.index_opt line '#' with None -> line | Some i -> String.sub line 0 i

let separated_by_blanks text =
  let one_kind = String.map (fun c -> if is_blank c then ' ' else c) text in
  List.filter (fun cell -> cell <> "") (String.split_on_char ' ' one_kind)

let cells text =
  if String.contains text ',' then List.map String.trim (String.split_on_char ',' text) else separated_by_blanks text

let is_names cells = List.for_all (fun cell -> cell <> "" && is_letter cell.[0]) cells

(* All points, in the order of the lines. *)
let rows channel =
  let rec more line first done_ =
    match input_line channel with
    | exception End_of_file -> List.rev done_
    | text -> (
        let text = String.trim (without_comment text) in
        match (if text = "" then [] else cells text) with
        | [] -> more (line + 1) first done_
        | names when first && is_names names -> more (line + 1) false done_
        | x :: labels ->
            let x = number line x in
            more (line + 1) false ((x, List.map (number line) labels) :: done_))
  in
  more 1 true []
