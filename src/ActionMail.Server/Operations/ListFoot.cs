using System.Globalization;

namespace ActionMail.Server.Operations;

/// <summary>The line below a list: how much there is, and the way to the pages before and after.</summary>
/// <param name="Words">How much there is.</param>
/// <param name="Page">The page shown, from 1.</param>
/// <param name="Pages">How many there are.</param>
/// <param name="UrlOf">Where a page is.</param>
internal sealed record ListFoot(string Words, int Page, int Pages, Func<int, string> UrlOf)
{
    /// <summary>How many pages so many lines fill; one for none.</summary>
    public static int PagesOf(int lines, int pageSize) => Math.Max(1, (lines + pageSize - 1) / pageSize);

    public string Sentence => Pages > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Words}, page {Page} of {Pages}") : Words;
}
