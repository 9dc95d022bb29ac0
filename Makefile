# 全部命令都在这里；裸机只需 python3、pip、make。
# uv comes through pip --target, so neither root nor venv nor ensurepip is needed (PEP 668 does not hinder it).
UV := .tools/bin/uv
PY := .venv/bin/python
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON_PREFERENCE := only-system
JOBS ?= 2
SERVE ?= 1
KILLS ?= 200
CRASHES ?= 5
STEPS ?= 1000000

.DEFAULT_GOAL := help
.PHONY: help demo clean-demo test test-faults test-simulate check fix run bench docs lock new-indicator new-source

help:  ## 列出全部命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

$(UV):
	python3 -m pip install -q --disable-pip-version-check --no-warn-script-location --target .tools 'uv>=0.13,<0.14'

.venv/.base: requirements/base.txt pyproject.toml | $(UV)
	test -x $(PY) || $(UV) venv -q .venv
	test -f .venv/.dev || VIRTUAL_ENV=.venv $(UV) pip sync -q --require-hashes requirements/base.txt
	VIRTUAL_ENV=.venv $(UV) pip install -q --no-deps -e . && touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | $(UV)
	test -x $(PY) || $(UV) venv -q .venv
	VIRTUAL_ENV=.venv $(UV) pip sync -q --require-hashes requirements/dev.txt
	VIRTUAL_ENV=.venv $(UV) pip install -q --no-deps -e . && touch $@ .venv/.base

demo: .venv/.base  ## 合成一个县，过完一年，写出评价报告并打开网站（SERVE=0 只写文件）
	@exec .venv/bin/opendibao demo $(if $(filter 0,$(SERVE)),--no-serve)

clean-demo:  ## 删除演示县的数据
	@if test -x .venv/bin/opendibao; then .venv/bin/opendibao demo --remove; fi

test: .venv/.dev  ## 全部测试
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

test-faults: .venv/.dev  ## 坏输入与故障测试的长跑：随机走一万步，杀进程 KILLS=200 次，停数据库 CRASHES=5 次
	OPENDIBAO_KILLS=$(KILLS) OPENDIBAO_CRASHES=$(CRASHES) OPENDIBAO_STEPS=10000 $(PY) -m pytest -n $(JOBS) --dist loadfile tests/faults

test-simulate: .venv/.dev  ## 发放随机走 STEPS=1000000 步，每步与参考模型对账（SEED=数 重走同一路）
	OPENDIBAO_STEPS=$(STEPS) $(if $(SEED),OPENDIBAO_SEED=$(SEED)) $(PY) -m pytest tests/faults/money/test_any_month.py

check: .venv/.dev  ## 静态检查：ruff、mypy、分层、迁移（不跑测试）
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	@# compares models with migrations only; no database is started for it
	DATABASE_URL=postgresql:///none $(PY) -W ignore manage.py makemigrations --check --dry-run

fix: .venv/.dev  ## 自动整理格式
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

run: .venv/.base  ## 打开网站
	@exec .venv/bin/opendibao serve

bench: .venv/.dev  ## 小规模跑一遍全部基准
	@for file in benchmarks/*.py; do echo "== $$file"; $(PY) $$file --small || exit 1; done

new-indicator: .venv/.base  ## 新建一个指标的文件夹（NAME=英文名 ZH=中文名）
	@.venv/bin/opendibao new-indicator "$(NAME)" $(if $(ZH),--zh "$(ZH)")

new-source: .venv/.base  ## 新建一个信息来源的文件夹（NAME=英文名 ZH=中文名）
	@.venv/bin/opendibao new-source "$(NAME)" $(if $(ZH),--zh "$(ZH)")

docs: .venv/.dev  ## 更新词汇表、数据字典、法规覆盖、体检规则和英文目录（MORE=文件 并入新词）
	$(PY) -m tests.conventions.dictionary $(MORE)
	$(PY) -m tests.conventions.law_coverage
	$(PY) -m tests.conventions.check_rules
	$(PY) -m tests.conventions.catalogue

lock: | $(UV)  ## 重新锁定依赖（只记版本和哈希，不记主机）
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/dev.txt pyproject.toml -o requirements/base.txt
