"""打开网站: web and job worker in one process tree."""

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。 Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="端口。 Port.")
def command(host: str, port: int) -> None:
    """打开网站和后台任务，按 Ctrl-C 停止。 Serve the site and its jobs until Ctrl-C."""
    from opendibao.commands.setup import django_setup, migrate
    from opendibao.config.serving import serve

    django_setup()
    migrate()
    click.echo(f"网站：http://{host}:{port}/　（按 Ctrl-C 停止）")
    raise SystemExit(serve(host, port))
