(* Trusted: the answer of Program.v to one JSON object on one line. *)

open Program

let rec add_digits buffer = function
  | Nil -> ()
  | D0 u -> Buffer.add_char buffer '0'; add_digits buffer u
  | D1 u -> Buffer.add_char buffer '1'; add_digits buffer u
  | D2 u -> Buffer.add_char buffer '2'; add_digits buffer u
  | D3 u -> Buffer.add_char buffer '3'; add_digits buffer u
  | D4 u -> Buffer.add_char buffer '4'; add_digits buffer u
  | D5 u -> Buffer.add_char buffer '5'; add_digits buffer u
  | D6 u -> Buffer.add_char buffer '6'; add_digits buffer u
  | D7 u -> Buffer.add_char buffer '7'; add_digits buffer u
  | D8 u -> Buffer.add_char buffer '8'; add_digits buffer u
  | D9 u -> Buffer.add_char buffer '9'; add_digits buffer u

let add_number buffer n = add_digits buffer (N.to_uint n)

let add_list buffer numbers =
  Buffer.add_char buffer '[';
  List.iteri (fun i n -> if i > 0 then Buffer.add_string buffer ", "; add_number buffer n) numbers;
  Buffer.add_char buffer ']'

let json ~points ~tasks answer =
  let buffer = Buffer.create 256 in
  Printf.bprintf buffer "{\"schema\": \"reluproof.verified/1\", \"coq\": \"%s\", \"sources_sha256\": \"%s\"" Origin.coq
    Origin.sources_sha256;
  Printf.bprintf buffer ", \"points\": %d, \"tasks\": %d, \"unique\": %b" points tasks (answer.gaps = []);
  Buffer.add_string buffer ", \"aligned_gaps\": ";
  add_list buffer answer.gaps;
  Buffer.add_string buffer ", \"zero_kinks\": ";
  add_list buffer answer.zeros;
  Buffer.add_string buffer ", \"fewest_neurons\": ";
  add_number buffer answer.neurons;
  Buffer.add_string buffer "}\n";
  Buffer.contents buffer
