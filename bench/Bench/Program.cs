using ActionMail.Bench;
using ActionMail.Bench.Accept;
using ActionMail.Bench.Clicks;
using ActionMail.Bench.Intake;
using ActionMail.Bench.Lint;
using ActionMail.Bench.Pages;
using ActionMail.Bench.Pure;

if (Settings.Read(args) is not { } settings)
    return 2;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var comparisons = new List<Comparison>();
foreach (var suite in settings.Suites)
{
    var measured = suite switch
    {
        "accept" => await AcceptSuite.RunAsync(settings, stop.Token),
        "intake" => await IntakeSuite.RunAsync(settings, stop.Token),
        "clicks" => await ClickSuite.RunAsync(settings, stop.Token),
        "dkim" => await DkimSuite.RunAsync(settings, stop.Token),
        "lint" => await LintSuite.RunAsync(settings, stop.Token),
        "pages" => await PagesSuite.RunAsync(settings, stop.Token),
        _ => await PureSuite.RunAsync(settings, stop.Token),
    };
    foreach (var comparison in measured)
        Report.Print(comparison);
    comparisons.AddRange(measured);
}
Console.WriteLine($"\n{Report.Write(settings, comparisons, TimeProvider.System.GetUtcNow())}");
return 0;
