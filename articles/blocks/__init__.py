from .body import ArticleBodyBlock, project_blocks

__all__ = ["ArticleBodyBlock", "project_blocks"]
