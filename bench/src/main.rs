//! The benchmarks: `./dev bench`. Own load generator and receiver; every figure stands beside a limit of the machine and the bare
//! pipeline measured in the same run, because these machines are noisy and only ratios mean something.

mod bare;
mod figures;
mod five;
mod language;
mod limits;
mod rounds;
mod subject;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    if args.first().is_some_and(|arg| arg == "bare") {
        let deliveries = args[4].parse()?;
        return runtime.block_on(bare::serve(&args[1], &args[2], &args[3], deliveries));
    }
    let number = |name: &str, default: u64| -> anyhow::Result<u64> {
        let given = args
            .iter()
            .position(|arg| arg == name)
            .and_then(|at| args.get(at + 1));
        given.map_or(Ok(default), |text| Ok(text.parse()?))
    };
    let plan = rounds::Plan {
        seconds: number("--seconds", 8)?,
        rounds: number("--rounds", 3)?,
        senders: number("--senders", 32)? as usize,
        only: args
            .windows(2)
            .filter(|pair| pair[0] == "--only")
            .map(|pair| pair[1].clone())
            .collect(),
    };
    runtime.block_on(rounds::run(plan))
}
