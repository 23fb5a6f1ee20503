mod solution;

fn answer(words: &[&str]) -> String {
    let parts: Vec<String> = solution::split_args(words[0]).iter().map(|item| quoted(item)).collect();
    format!("[{}]", parts.join(","))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if (c as u32) < 32 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn plain(field: &str) -> String {
    let mut out = String::new();
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn main() {
    let mut input = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut input).unwrap();
    for line in input.split_terminator('\n') {
        let fields: Vec<String> = line.split('\t').map(plain).collect();
        let words: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| answer(&words)));
        println!("{}", result.unwrap_or_else(|_| "\"panic\"".to_string()));
    }
}
