using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations.Reference;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ActionMail.Server.Operations;

/// <summary>What holds for every request: hosts, headers, errors, JSON.</summary>
internal static class WebSetup
{
    private static readonly string[] EmulatorHosts = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.PublicUrl is { IsAbsoluteUri: true, PathAndQuery: "/" }, "ActionMail:PublicUrl is an absolute URL without a path.")
            .Validate(options => IPAddress.TryParse(options.ListenAddress, out var address) && (options.Mode != ServerMode.Emulator || IPAddress.IsLoopback(address)),
                "ActionMail:ListenAddress is an IP address; the emulator listens on loopback only.")
            .Validate(options => options.TrustedProxies.All(proxy => IPAddress.TryParse(proxy, out _)), "ActionMail:TrustedProxies are IP addresses.")
            .Validate(options => options.Mode != ServerMode.Emulator || options.PublicUrl is { IsAbsoluteUri: true, IsLoopback: true }, "The emulator serves this machine alone: ActionMail:PublicUrl must name localhost.")
            .Validate(options => options.Mode == ServerMode.Emulator || options.PublicUrl is { IsAbsoluteUri: true, Scheme: "https" }, "Outside the emulator ActionMail:PublicUrl must use https.")
            .Validate(options => options.OperatorAddress is null || EmailAddress.TryParse(options.OperatorAddress, out _), "ActionMail:OperatorAddress is one e-mail address.")
            .ValidateOnStart();
        services.AddSingleton<SendFeedback>();
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServerOptions>>((kestrel, server) =>
        {
            kestrel.AddServerHeader = false;
            var (address, port) = (IPAddress.Parse(server.Value.ListenAddress), server.Value.ListenPort ?? server.Value.PublicUrl.Port);
            // localhost is two addresses, and browsers try the other one first.
            if (address.Equals(IPAddress.Loopback))
                kestrel.ListenLocalhost(port, Configure);
            else
                kestrel.Listen(address, port, Configure);

            void Configure(ListenOptions listen)
            {
                if (server.Value.CertificatePath is { } certificate)
                    listen.UseHttps(X509Certificate2.CreateFromPemFile(certificate, server.Value.CertificateKeyPath));
            }
        });
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ServerOptions>>((forwarded, server) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedFor;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in server.Value.TrustedProxies)
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        });
        // Kestrel takes any Host; only our own may reach a page or become part of an answer (security I-04).
        services.AddOptions<HostFilteringOptions>().Configure<IOptions<ServerOptions>>((filter, server) =>
            filter.AllowedHosts = server.Value.Mode == ServerMode.Emulator ? EmulatorHosts : [server.Value.PublicUrl.Host]);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        services.AddRazorPages().WithRazorPagesAtContentRoot().AddMvcOptions(mvc =>
        {
            mvc.Filters.Add<FormSize>(FormSize.Place);
            mvc.Filters.Add<HandlerField>();
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
        });
        // So that a body that cannot be read is answered where every fault is, with the name of the member.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddExceptionHandler<UndocumentedMembers>();
        services.AddApiDocument();
        services.AddSingleton<OperatorToken>();
        return services;
    }

    public static void UseWeb(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.TrustedProxies.Length > 0)
            app.UseForwardedHeaders();
        var policy = InboxContentPolicy.For(app.Services.GetRequiredService<AddIns>());
        app.Use((context, next) => AddSecurityHeaders(context, next, policy));
        app.UseHostFiltering();
        app.UseWhen(context => IsApi(context), api => api
            .UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = Problems.StatusOf, SuppressDiagnosticsCallback = fault => fault.Exception is Microsoft.AspNetCore.Http.BadHttpRequestException })
            .UseStatusCodePages()
            .Use(UndocumentedMembers.KeepBody));
        app.UseWhen(context => !IsApi(context), pages => pages
            .UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = Problems.StatusOf, ExceptionHandlingPath = "/error/500" })
            .UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseStaticFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseOperatorToken();
    }

    /// <summary>The routes of a signed-in person; what changes anything carries the page's request token and comes from our own pages (security F-03).</summary>
    public static RouteGroupBuilder MapPersonalApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api");
        group.RequireAuthorization();
        return group.FromOurPages();
    }

    /// <summary>Lets in what comes from our own pages with their request token, and programs with an access token of theirs, which no other site can send.</summary>
    public static RouteGroupBuilder FromOurPages(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var request = context.HttpContext.Request;
            if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
                return Forbidden("cross_site", "Requests from other sites are not served.");
            if (!HttpMethods.IsGet(request.Method) && !AccessTokenAuthentication.IsUsedBy(context.HttpContext.User)
                && !await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext))
                return Forbidden("request_token", "The page has been open for too long, or the request is not from it. Reload the page.");
            return await next(context);
        });
        return group;
    }

    private static IResult Forbidden(string code, string title) =>
        TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: title, extensions: new Dictionary<string, object?> { ["code"] = code });

    private static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/sts", StringComparison.Ordinal);

    // Security E-05, E-15, E-16. Added as the answer begins: the handler of a fault clears what was set before. A route that needs another policy, as the
    // frame of a mail's body does, sets it itself.
    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next, string policy)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd(HeaderNames.ContentSecurityPolicy, policy);
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            if (!context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
                headers.TryAdd(HeaderNames.CacheControl, "no-store");
            return Task.CompletedTask;
        });
        return next(context);
    }
}
