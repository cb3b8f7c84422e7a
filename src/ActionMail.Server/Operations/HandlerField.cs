using Microsoft.AspNetCore.Mvc.Filters;

namespace ActionMail.Server.Operations;

/// <summary>
/// Lets a form name its handler in a field instead of in the address: a page that answers with what is wrong keeps its own address, so that it can be reloaded and passed on.
/// </summary>
internal sealed class HandlerField : IAsyncPageFilter
{
    private const string Field = "handler";

    public async Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        var request = context.HttpContext.Request;
        var named = context.ActionDescriptor.HandlerMethods.Where(method => method.Name is not null && HttpMethods.IsPost(method.HttpMethod)).ToList();
        // Where nothing has a name the form is not looked at: the page of errors is shown for forms that cannot be read, too.
        if (named.Count == 0 || !HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
            return;
        var wanted = (await request.ReadFormAsync(context.HttpContext.RequestAborted))[Field].ToString();
        context.HandlerMethod = named.Find(method => string.Equals(method.Name, wanted, StringComparison.OrdinalIgnoreCase)) ?? context.HandlerMethod;
    }

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => next();
}
