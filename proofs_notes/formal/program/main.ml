(* reluproof-verified [DATA]: decides the dataset in the file DATA, or on standard input; prints one JSON object.
   Exit status: 0 decided; 2 the data cannot be read or are no dataset, with one line on standard error. *)

let fail why =
  prerr_endline ("reluproof-verified: " ^ why);
  exit 2

let decide channel =
  let rows = Reader.rows channel in
  match Program.linear_decide rows with
  | Some answer ->
      print_string (Printer.json ~points:(List.length rows) ~tasks:(List.length (snd (List.hd rows))) answer)
  | None -> fail "no dataset: at least two points are needed, in increasing order, each with the same number of labels"

let () =
  Gc.set { (Gc.get ()) with minor_heap_size = 1 lsl 20; space_overhead = 200 };
  try
    match Array.to_list Sys.argv with
    | [ _ ] | [ _; "-" ] -> decide stdin
    | [ _; path ] when not (String.starts_with ~prefix:"-" path) -> decide (open_in path)
    | _ -> fail "usage: reluproof-verified [DATA]"
  with
  | Reader.Refused why | Sys_error why -> fail why
  | Stack_overflow | Out_of_memory -> fail "not enough memory"
